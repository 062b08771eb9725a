/** Calls `wake` when the network is back and when the page becomes visible. Gives back its end. */
export function wakeWithPage(wake: () => void): () => void {
  const over = new AbortController();
  const { signal } = over;
  addEventListener('online', wake, { signal });
  document.addEventListener('visibilitychange', () => document.hidden || wake(), { signal });
  return () => over.abort();
}
