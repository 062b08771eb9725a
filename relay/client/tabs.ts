/** How the tabs of one origin agree on who sends an outbox. */
export interface Tabs {
  /** Calls `onLead(true)` when this tab is to send and `onLead(false)` when it is not any more. */
  lead(onLead: (leading: boolean) => void): void;
  tell(message: unknown): void;
  onTold(listener: (message: unknown) => void): void;
  close(): void;
}

/** A single tab, or a program: it always leads. */
export const aloneTab: Tabs = { lead: (onLead) => onLead(true), tell: () => {}, onTold: () => {}, close: () => {} };

/**
 * Tabs over Web Locks and BroadcastChannel. A hidden or frozen tab hands the lead to whoever waits for it.
 * Correctness does not rest on this (ids do): it only saves sending twice [OB5].
 */
export function browserTabs(name: string): Tabs {
  const channel = new BroadcastChannel(name);
  const over = new AbortController();
  let giveUp: (() => void) | undefined;
  let asked: AbortController | undefined;
  let listener: (leading: boolean) => void = () => {};

  const ask = () => {
    asked?.abort();
    const request = new AbortController();
    asked = request;
    navigator.locks
      .request(name, { signal: request.signal }, () => {
        listener(true);
        return new Promise<void>((resolve) => {
          giveUp = resolve;
        });
      })
      .catch(() => {
        // Not taken back but forbidden, as in a frame without an origin of its own: nobody else can lead there either.
        if (!request.signal.aborted) listener(true);
      });
  };
  const yieldLead = () => {
    if (!giveUp) return;
    listener(false);
    giveUp();
    giveUp = undefined;
  };
  const stop = () => {
    asked?.abort();
    yieldLead();
  };
  const listen = (target: EventTarget, type: string, fn: () => void) =>
    target.addEventListener(type, fn, { signal: over.signal });

  return {
    lead(onLead) {
      listener = onLead;
      ask();
      // Hidden: to the end of the queue, so that a visible tab that waits goes first.
      listen(document, 'visibilitychange', () => {
        if (document.hidden) yieldLead();
        if (!giveUp) ask();
      });
      // Back from either, the page becomes visible, and asks again above.
      listen(document, 'freeze', stop);
      listen(globalThis, 'pagehide', stop);
    },
    tell: (message) => channel.postMessage(message),
    onTold: (told) => {
      channel.onmessage = (event) => told(event.data);
    },
    close: () => {
      over.abort();
      stop();
      channel.close();
    },
  };
}
