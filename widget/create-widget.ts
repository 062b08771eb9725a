import type { Opening } from './app.tsx';
import { cell } from './base/cell.ts';
import { el } from './base/dom.ts';
import type { Core } from './core.ts';
import type { Desk } from './desk.ts';
import { createHost } from './host.ts';
import { drawLauncher } from './launcher.ts';
import css from './loader.css?inline';
import type { Options } from './options.ts';
import { currentPage } from './page.ts';
import { createLoad, once } from './parts.ts';
import type { Kept } from './storage.ts';

/** How long a window that was left open is opened again on the next page. */
const REMEMBERED_MS = 1_800_000;

/** Builds a widget out of its parts and shows its launcher; the rest is loaded when the page is idle or asks. */
export function createWidget(
  options: Options & { relay: string },
  session: Core['session'],
  kept: Kept,
  desk: Desk,
  over: AbortSignal,
): Core {
  const load = createLoad(options.relay);
  const { site } = session;
  const { launcher } = site;
  const open = cell(false);
  const unread = cell(session.conversation.unread);
  const host = createHost(over);
  const dark = matchMedia('(prefers-color-scheme:dark)');

  host.sheet(css);
  const paint = host.sheet('');
  const button = el('button', 'fd-launcher');
  button.onclick = () => {
    if (open.value) open.value = false;
    else show();
  };
  // Until it is known how it looks.
  button.hidden = true;
  host.frame.append(button);
  const dress = () => {
    const mode = options.mode ?? site.mode;
    const night = mode === 'auto' ? dark.matches : mode === 'dark';
    host.frame.className = `fd fd-${options.position ?? launcher.position}${night ? ' fd-dark' : ''}`;
    paint(`.fd{--ox:${launcher.offsetX}px;--oy:${launcher.offsetY}px;--ac:${options.color ?? site.color}}`);
    drawLauncher(button, core);
  };
  const show = async (to = '', more?: Opening) => {
    (await core.app()).go(to, more);
    open.value = true;
  };
  const core: Core = {
    options,
    session,
    host,
    kept,
    desk,
    emit: desk.emit,
    open,
    screen: cell(''),
    unread,
    availability: cell(session.availability),
    prefill: cell<Core['prefill']['value']>({}),
    invitation: cell<Core['invitation']['value']>(null),
    load,
    live: once(async () => (await load(session.quiet ? 'quiet' : 'live'))(core)),
    app: once(async () => {
      const words = load(`words-${site.locale}`);
      return (await load('app'))(core, await words);
    }),
    show,
    dress,
    cell,
    page: currentPage,
    over,
  };
  dark.addEventListener('change', dress, { signal: over });
  // The button alone: to change a sheet is a change to all that stands in the shadow root.
  for (const watched of [open, unread]) watched.on(() => drawLauncher(button, core));
  open.on((now) => {
    host.refresh();
    desk.emit(now ? 'open' : 'close');
  });
  const [last, at = 0] = kept.get<[string, number]>('window') ?? [];
  // A window that was left open comes back together with its launcher, so that nobody presses what is about to change.
  if (last && Date.now() - at < REMEMBERED_MS && innerWidth > 479) show(last, { still: true }).then(dress, dress);
  else dress();
  host.frame.lang = site.locale;
  const settle = () => {
    if (over.aborted) return;
    core.live();
    if (session.triggers.length) load('rules').then((rules) => rules(core));
  };
  const idle = () => (globalThis.requestIdleCallback ?? setTimeout)(settle);
  if (document.readyState === 'complete') idle();
  else addEventListener('load', idle, { signal: over });
  return core;
}
