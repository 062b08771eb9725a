import type { Host } from './host.ts';

/** Listens to what happens in the widget. */
export type Listen = <K extends keyof HTMLElementEventMap>(
  type: K,
  fn: (event: HTMLElementEventMap[K]) => void,
) => void;

/** A page that swaps its body takes focus and scroll away with us: they come back with the host. */
export function holdPlace(host: Host, listen: Listen, body: () => Element | null): void {
  const { frame, refresh } = host;
  let held: HTMLElement | undefined;
  let top = 0;
  listen('focusin', ({ target }) => {
    held = target as HTMLElement;
  });
  listen('focusout', ({ target }) =>
    setTimeout(() => {
      if (frame.isConnected && held === target) held = undefined;
    }),
  );
  listen('scroll', () => {
    top = body()?.scrollTop ?? 0;
  });
  host.refresh = () => {
    const away = !frame.isConnected;
    refresh();
    if (!away) return;
    body()?.scrollTo(0, top);
    if (document.activeElement === document.body) held?.focus();
  };
}
