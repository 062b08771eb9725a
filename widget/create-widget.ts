import type { SessionReply } from '../relay/protocol/index.ts';
import type { Opening } from './app.tsx';
import { cell } from './base/cell.ts';
import type { Core } from './core.ts';
import type { Emit } from './events.ts';
import { createHost } from './host.ts';
import { ICONS } from './icons.ts';
import { createLauncher } from './launcher.ts';
import { watchLinks } from './links.ts';
import css from './loader.css?inline';
import type { Options } from './options.ts';
import { pathFits } from './page.ts';
import { createLoad, once } from './parts.ts';
import type { Kept } from './storage.ts';

/** How long a window that was left open is opened again on the next page. */
const REMEMBERED_MS = 1_800_000;

/** The launcher's name where the site has given none, by language; put in by the build from the locale files. */
declare const __HELP__: Record<string, string>;

/** Builds a widget out of its parts and shows its launcher; the rest is loaded when the page is idle or asks. */
export function createWidget(
  options: Options & { relay: string },
  [token, session]: [string, SessionReply],
  kept: Kept,
  emit: Emit,
  over: AbortSignal,
  restart: Core['restart'],
): Core {
  const { relay } = options;
  const load = createLoad(relay);
  const { site } = session;
  const { launcher } = site;
  const [open, screen, unread, shown] = [
    cell(false),
    cell(''),
    cell(session.conversation.unread),
    cell(options.launcher !== 'off'),
  ];
  const host = createHost(over);
  const phone = matchMedia('(max-width:479px)');
  const dark = matchMedia('(prefers-color-scheme:dark)');

  host.sheet(css);
  const paint = host.sheet('');
  const draw = createLauncher(host.frame, () => {
    if (open.value) open.value = false;
    else show();
  });
  const dress = () => {
    const mode = options.mode ?? site.mode;
    host.frame.className = mode === 'dark' || (mode === 'auto' && dark.matches) ? 'fd fd-dark' : 'fd';
    paint(`@layer fd{.fd{--ox:${launcher.offsetX}px;--oy:${launcher.offsetY}px;--ac:${options.color ?? site.color}}}`);
    draw({
      icon: options.icon ?? launcher.icon,
      label: launcher.label,
      name: launcher.label || (__HELP__[site.locale] ?? ''),
      left: (options.position ?? launcher.position) === 'left',
      hidden:
        !shown.value ||
        (phone.matches && (open.value || launcher.hiddenOnPhones)) ||
        pathFits(location.pathname, launcher.hiddenOn),
      open: open.value,
      unread: unread.value,
    });
  };
  const show = async (to = '', more?: Opening) => {
    (await core.app()).go(to, more);
    open.value = true;
  };
  const core: Core = {
    options,
    relay,
    session,
    token,
    host,
    kept,
    emit,
    open,
    screen,
    unread,
    shown,
    availability: cell(session.availability),
    prefill: cell<Core['prefill']['value']>({}),
    invitation: cell<Core['invitation']['value']>(null),
    phone,
    load,
    live: once(async () => (await load('live'))(core)),
    app: once(async () => {
      const [app, words] = await Promise.all([load('app'), load(`words-${site.locale}`)]);
      return app(core, words);
    }),
    show,
    dress,
    restart,
    cell,
    icons: ICONS,
    over,
  };
  for (const query of [dark, phone]) query.addEventListener('change', dress, { signal: over });
  for (const watched of [open, unread, shown]) watched.on(dress);
  open.on((now) => {
    host.refresh();
    emit(now ? 'open' : 'close');
  });
  dress();

  host.frame.lang = site.locale;
  const [lastScreen, at = 0] = kept.get<[string, number]>('window') ?? [];
  if (lastScreen && Date.now() - at < REMEMBERED_MS && !phone.matches) show(lastScreen, { still: true });
  watchLinks((to, data) => show(to, { data }), over);
  const settle = () => {
    if (over.aborted || session.bot) return;
    core.live();
    if (session.triggers.length) load('rules').then((rules) => rules(core));
  };
  const idle = () => (globalThis.requestIdleCallback ?? setTimeout)(settle);
  if (document.readyState === 'complete') idle();
  else addEventListener('load', idle, { signal: over });
  return core;
}
