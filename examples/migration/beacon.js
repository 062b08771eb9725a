/* Calls of Help Scout's Beacon, carried out by Frontdesk. Goes after stub.js and before the page's own calls of Beacon. */
{
  const SCREENS = {
    '/': 'home',
    '/ask/': 'email',
    '/ask/message/': 'email',
    '/ask/chat/': 'chat',
    '/answers/': 'search',
    '/previous-messages/': 'history',
  };
  const EVENTS = {
    'email-sent': 'form:submitted',
    'chat-started': 'chat:started',
    'chat-ended': 'chat:closed',
    'article-viewed': 'article:viewed',
    'message-triggered': 'invitation:shown',
  };
  const stops = new Map();
  const listen = (verb) => (name, listener) => {
    const stop = Frontdesk(verb, EVENTS[name] ?? name, listener);
    stops.set(listener, stop);
    return stop;
  };
  const verbs = {
    init: (site) => Frontdesk('init', { site }),
    destroy: () => Frontdesk('destroy'),
    open: () => Frontdesk('open'),
    close: () => Frontdesk('close'),
    toggle: () => Frontdesk('toggle'),
    search: (query) => Frontdesk('search', query),
    suggest: (slugs) =>
      Frontdesk(
        'suggest',
        slugs?.filter((one) => typeof one === 'string'),
      ),
    article: (slug) => Frontdesk('article', slug),
    navigate: (route) =>
      Frontdesk(
        'open',
        SCREENS[route] ?? route.replace(/^\/answers\/(.+?)\/?$/, 'article/$1').replace(/^\/.*/, 'home'),
      ),
    identify: ({ name, email, signature: _, ...attributes }) =>
      Promise.all([Frontdesk('identify', { name, email }), Frontdesk('set', attributes)]),
    prefill: ({ name, email, subject, text, fields = [] }) => {
      const given = { name, email, subject, message: text };
      const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      return Frontdesk('prefill', {
        ...filled,
        fields: Object.fromEntries(fields.map(({ id, value }) => [id, value])),
      });
    },
    reset: () => Frontdesk('prefill', { name: '', email: '', subject: '', message: '' }),
    logout: () => Frontdesk('logout'),
    'session-data': (attributes) => Frontdesk('setConversation', attributes),
    config: ({ color, display = {} }) =>
      Frontdesk('config', {
        ...(color && { color }),
        ...(display.position && { position: display.position }),
        ...(display.style === 'manual' && { launcher: 'off' }),
      }),
    event: ({ type, url, ...data }) =>
      type === 'page-viewed' ? Frontdesk('page', url) : Frontdesk('track', type, data),
    'show-message': (id) => Frontdesk('trigger', id),
    info: () => Frontdesk('state'),
    on: listen('on'),
    once: listen('once'),
    off: async (_name, listener) => (await stops.get(listener))?.(),
  };
  const waiting = window.Beacon?.readyQueue ?? [];
  window.Beacon = (verb, ...args) => verbs[verb]?.(...args) ?? console.warn(`Beacon ${verb} has no counterpart.`);
  for (const { method, options } of waiting) window.Beacon(method, options);
}
