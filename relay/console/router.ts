import { type ReadonlySignal, signal } from '@preact/signals';

/** Views of the list column, in the order they stand. */
export const VIEWS = ['unassigned', 'mine', 'online', 'all', 'closed', 'on-site'] as const;
export type ViewName = (typeof VIEWS)[number];
/** Pages of the settings, in the order they stand. */
export const SETTINGS_PAGES = [
  'site',
  'look',
  'texts',
  'channels',
  'hours',
  'form',
  'pre-chat',
  'messengers',
  'invitations',
  'identity',
  'articles',
  'operators',
  'account',
] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

export type Route =
  | { name: 'home'; site: string | null }
  | { name: 'view'; site: string; view: ViewName; conversation: string | null }
  | { name: 'settings'; site: string; page: SettingsPage | null; item: string | null };

const BASE = '/console/';

/** A part of an address; a broken one is as good as none. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** What an address of the console means. */
export function parseRoute(path: string): Route {
  const [site = '', place = '', item = '', more = ''] = path
    .slice(path.startsWith(BASE) ? BASE.length : 0)
    .split('/')
    .map(decoded);
  if (site === '') return { name: 'home', site: null };
  if (place === 'settings') {
    const page = SETTINGS_PAGES.find((name) => name === item) ?? null;
    return { name: 'settings', site, page, item: page && more ? more : null };
  }
  const view = VIEWS.find((name) => name === place);
  return view ? { name: 'view', site, view, conversation: item || null } : { name: 'home', site };
}

/** The address of a place in the console. */
export function pathOf(route: Route): string {
  const parts =
    route.name === 'home'
      ? [route.site]
      : route.name === 'view'
        ? [route.site, route.view, route.conversation]
        : [route.site, 'settings', route.page, route.item];
  return BASE + parts.flatMap((part) => (part === null ? [] : [encodeURIComponent(part)])).join('/');
}

/** Where the console is, kept in the address bar. */
export interface Router {
  readonly route: ReadonlySignal<Route>;
  go(to: Route, how?: 'push' | 'replace'): void;
}

export function createRouter(): Router {
  const route = signal(parseRoute(location.pathname));
  addEventListener('popstate', () => {
    route.value = parseRoute(location.pathname);
  });
  return {
    route,
    go(to, how = 'push') {
      const path = pathOf(to);
      if (path !== location.pathname) history[how === 'push' ? 'pushState' : 'replaceState'](null, '', path);
      route.value = to;
    },
  };
}
