import type { Session } from './session.ts';

/**
 * Comes back at once when the network is back and when the page becomes visible, and goes when the page does: an open socket
 * would keep it out of the browser's back/forward cache [TB4]. Ends with `over`.
 */
export function wakeWithPage(
  session: Pick<Session<never>, 'state' | 'wake' | 'connect' | 'disconnect'>,
  over: AbortSignal,
): void {
  const listen = (target: EventTarget, type: string, fn: () => void) =>
    target.addEventListener(type, fn, { signal: over });
  listen(globalThis, 'online', session.wake);
  listen(globalThis, 'pagehide', session.disconnect);
  listen(document, 'visibilitychange', () => {
    if (document.hidden) return;
    if (session.state === 'idle') session.connect();
    session.wake();
  });
}
