import type { AppContext } from '../app.tsx';

interface Watcher {
  onclose: (() => void) | null;
  destroy(): void;
}
const styled = new WeakSet<AppContext>();

/**
 * What the window needs where it is a sheet over the whole screen: room for the keyboard, a page that stays where it is, and
 * the back gesture, where the browser hands it out without the page's history (`CloseWatcher`).
 */
export default function sheet(app: AppContext): void {
  if (styled.has(app)) return;
  styled.add(app);
  const { core, phone } = app;
  const { host, open, over } = core;
  const visible = globalThis.visualViewport;
  const size = host.sheet('');
  /** The keyboard makes the visible part smaller than the sheet. */
  const keep = () => visible && size(`@layer fd{.fd{--vh:${visible.height}px;--vt:${visible.offsetTop}px}}`);
  for (const type of ['resize', 'scroll']) visible?.addEventListener(type, keep, { signal: over });

  const { style } = document.documentElement;
  let watcher: Watcher | undefined;
  let kept: string | undefined;
  const follow = () => {
    const stands = open.value && phone.matches && !over.aborted;
    if (stands === (kept !== undefined)) return;
    if (stands) {
      kept = style.overflow;
      style.overflow = 'hidden';
      const { CloseWatcher } = globalThis as { CloseWatcher?: new () => Watcher };
      watcher = CloseWatcher && new CloseWatcher();
      if (watcher)
        watcher.onclose = () => {
          open.value = false;
        };
    } else {
      style.overflow = kept ?? '';
      kept = undefined;
      watcher?.destroy();
    }
  };
  open.on(follow);
  phone.addEventListener('change', follow, { signal: over });
  over.addEventListener('abort', follow);
  keep();
  follow();
}
