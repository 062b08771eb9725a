import type { AppContext } from '../app.tsx';

/** A single-page site changes its title a moment after the address. */
const TITLE_MS = 300;

/**
 * Keeps what is suggested in step with a page whose address changes: call it then. What is read just now gives way only to
 * its successor.
 */
export function followPage({ core, knowledge, update }: AppContext): () => void {
  let timer: ReturnType<typeof setTimeout>;
  core.over.addEventListener('abort', () => clearTimeout(timer));
  return () => {
    const before = knowledge.suggested;
    clearTimeout(timer);
    timer = setTimeout(
      () =>
        knowledge.find('').then(
          (value) => {
            // The page has put something else there meanwhile.
            if (knowledge.suggested !== before) return;
            knowledge.suggested = { value };
            update();
          },
          () => {},
        ),
      TITLE_MS,
    );
  };
}
