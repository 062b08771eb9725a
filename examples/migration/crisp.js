/* Calls of Crisp, carried out by Frontdesk. Goes after stub.js and after the page's first $crisp calls, which it carries out too. */
{
  const EVENTS = {
    'session:loaded': 'ready',
    'chat:opened': 'open',
    'chat:closed': 'close',
    'message:sent': 'message:sent',
    'message:received': 'message:received',
  };
  const stops = new Map();
  const actions = {
    'chat:open': () => Frontdesk('open'),
    'chat:close': () => Frontdesk('close'),
    'chat:toggle': () => Frontdesk('toggle'),
    'chat:show': () => Frontdesk('show'),
    'chat:hide': () => Frontdesk('hide'),
    'helpdesk:search': () => Frontdesk('open', 'search'),
    'helpdesk:article:open': (_locale, slug) => Frontdesk('article', slug),
    'helpdesk:query': (query) => Frontdesk('search', query),
    'message:send': (_kind, text) => Frontdesk('send', text),
    'session:reset': () => Frontdesk('logout'),
  };
  const settings = {
    'user:email': (email) => Frontdesk('identify', { email }),
    'user:nickname': (name) => Frontdesk('identify', { name }),
    'user:phone': (phone) => Frontdesk('identify', { phone }),
    'message:text': (draft) => Frontdesk('open', 'chat', { draft }),
    'session:data': (pairs) => Frontdesk('setConversation', Object.fromEntries(pairs)),
    'session:event': (events) => Promise.all(events.map(([name, data]) => Frontdesk('track', name, data))),
  };
  const run = ([kind, what, given]) => {
    const args = [given].flat(1);
    if (kind === 'do') return actions[what]?.(...args);
    if (kind === 'set') return settings[what]?.(what.startsWith('session:') ? args.flat(1) : args[0]);
    if (kind === 'on') stops.set(what, Frontdesk('on', EVENTS[what] ?? what, given));
    if (kind === 'off') stops.get(what)?.then((stop) => stop());
  };
  const waiting = Array.isArray(window.$crisp) ? window.$crisp : [];
  window.$crisp = { push: (...calls) => calls.forEach(run) };
  Frontdesk('init', { site: window.CRISP_WEBSITE_ID });
  waiting.forEach(run);
}
