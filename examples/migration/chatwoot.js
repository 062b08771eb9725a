/* Calls of Chatwoot, carried out by Frontdesk. Goes after stub.js, in place of Chatwoot's own sdk.js. */
{
  const tell = (name, detail) => window.dispatchEvent(new CustomEvent(`chatwoot:${name}`, { detail }));
  window.$chatwoot = {
    toggle: (state) => Frontdesk(state ?? 'toggle'),
    toggleBubbleVisibility: (state) => Frontdesk(state),
    setUser: (_id, { name, email, phone_number: phone }) =>
      Frontdesk(
        'identify',
        Object.fromEntries(Object.entries({ name, email, phone }).filter(([, value]) => value !== undefined)),
      ),
    setCustomAttributes: (attributes) => Frontdesk('set', attributes),
    deleteCustomAttribute: (key) => Frontdesk('set', { [key]: null }),
    setConversationCustomAttributes: (attributes) => Frontdesk('setConversation', attributes),
    setLocale: (code) => Frontdesk('locale', code),
    setColorScheme: (mode) => Frontdesk('config', { mode }),
    reset: () => Frontdesk('logout'),
  };
  window.chatwootSDK = {
    run: ({ websiteToken }) => {
      const { position, locale, darkMode, hideMessageBubble } = window.chatwootSettings ?? {};
      Frontdesk('on', 'ready', () => tell('ready'));
      Frontdesk('on', 'open', () => tell('opened'));
      Frontdesk('on', 'close', () => tell('closed'));
      Frontdesk('on', 'message:received', (message) => tell('on-message', message));
      return Frontdesk('init', {
        site: websiteToken,
        ...(position && { position }),
        ...(locale && { locale }),
        ...(darkMode && { mode: darkMode }),
        ...(hideMessageBubble && { launcher: 'off' }),
      });
    },
  };
}
