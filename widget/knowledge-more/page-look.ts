import type { AppContext } from '../app.tsx';
import { pageSigns } from '../knowledge/page-signs.ts';

/** A single-page site changes its title a moment after the address. */
const TITLE_MS = 300;

/**
 * Keeps what is suggested in step with the page: at an opening on another address, and while the window is open after the
 * address has changed. Call what it gives when something else was put there, which then stays until the page changes.
 */
export function followPage({ core, knowledge, update }: AppContext): () => void {
  const here = () => pageSigns(core)?.page ?? '';
  let seen = here();
  let timer = 0;
  core.open.on((now) => {
    if (!now || here() === seen) return;
    seen = here();
    knowledge.look();
    update();
  });
  const moved = () => {
    if (!core.open.value || here() === seen) return;
    seen = here();
    const asked = seen;
    clearTimeout(timer);
    timer = window.setTimeout(
      () =>
        knowledge.find('').then(
          (value) => {
            if (asked !== seen) return;
            // In one go: what is read just now gives way only to its successor.
            knowledge.suggested = { value };
            update();
          },
          () => {},
        ),
      TITLE_MS,
    );
  };
  core.live().then(
    (live) => live.changed.on(moved),
    () => {},
  );
  core.over.addEventListener('abort', () => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    seen = here();
  };
}
