/** At most one line of a kind in so long a time. */
const EVERY_MS = 10_000;

/**
 * Says at once what happens, and then at most once in ten seconds, with the number of times it was not said: what
 * thousands of clients can cause at once must not fill the log.
 */
export function sparingly(
  say: (more: { unsaid?: number }) => void,
  now: () => number = () => performance.now(),
): () => void {
  let next = Number.NEGATIVE_INFINITY;
  let unsaid = 0;
  return () => {
    if (now() < next) {
      unsaid += 1;
      return;
    }
    next = now() + EVERY_MS;
    say(unsaid > 0 ? { unsaid } : {});
    unsaid = 0;
  };
}
