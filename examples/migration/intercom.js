/* Calls of Intercom, carried out by Frontdesk. Goes after stub.js and before the page's own calls of Intercom. */
{
  const OWN = ['app_id', 'api_base', 'user_id', 'user_hash', 'name', 'email', 'phone', 'created_at'];
  const person = ({ name, email, phone }) =>
    Object.fromEntries(Object.entries({ name, email, phone }).filter(([, value]) => value !== undefined));
  const update = (settings = {}) => {
    const { hide_default_launcher: hidden, alignment, action_color: color, language_override: locale } = settings;
    const config = {
      ...(hidden !== undefined && { launcher: hidden ? 'off' : 'on' }),
      ...(alignment && { position: alignment }),
      ...(color && { color }),
      ...(locale && { locale }),
    };
    const attributes = Object.fromEntries(
      Object.entries(settings).filter(
        ([key, value]) =>
          !OWN.includes(key) && !/^(hide_|alignment|action_|language_)/.test(key) && typeof value !== 'object',
      ),
    );
    return Promise.all([
      Object.keys(config).length && Frontdesk('config', config),
      Object.keys(person(settings)).length && Frontdesk('identify', person(settings)),
      Object.keys(attributes).length && Frontdesk('set', attributes),
    ]);
  };
  const verbs = {
    boot: (settings) => {
      const begun = Frontdesk('init', { site: settings.app_id });
      return Promise.all([begun, update(settings)]);
    },
    shutdown: async () => {
      await Frontdesk('logout');
      await Frontdesk('destroy');
    },
    update: (settings) => (settings ? update(settings) : Frontdesk('page')),
    show: () => Frontdesk('open'),
    hide: () => Frontdesk('close'),
    showMessages: () => Frontdesk('open', 'history'),
    showNewMessage: (draft) => Frontdesk('open', 'chat', draft ? { draft } : {}),
    showSpace: (name) => Frontdesk('open', { home: 'home', messages: 'history', help: 'search' }[name] ?? 'home'),
    showArticle: (slug) => Frontdesk('article', `${slug}`),
    onShow: (listener) => Frontdesk('on', 'open', listener),
    onHide: (listener) => Frontdesk('on', 'close', listener),
    onUnreadCountChange: (listener) => Frontdesk('on', 'unread', listener),
    trackEvent: (name, data) => Frontdesk('track', name, data),
  };
  const waiting = window.Intercom?.q ?? [];
  window.Intercom = (verb, ...args) => verbs[verb]?.(...args) ?? console.warn(`Intercom ${verb} has no counterpart.`);
  for (const call of waiting) window.Intercom(...call);
  if (window.intercomSettings) window.Intercom('boot', window.intercomSettings);
}
