import type { Running } from './desk.ts';

/**
 * Opens the widget from the page's own elements: `data-frontdesk-open="SCREEN"`, and links to `#frontdesk/SCREEN`. What is
 * pressed before the relay has answered opens it then.
 */
export function watchLinks(running: Running): void {
  // Its `signal` ends the listeners.
  const { ending } = running;
  const open = ({ hash, dataset }: { hash?: string; dataset?: DOMStringMap }) => {
    const screen = dataset?.frontdeskOpen || hash?.split('#frontdesk/')[1];
    if (screen)
      running.ready.then(
        (core) => core.show(screen, { data: dataset }),
        () => {},
      );
  };
  addEventListener('hashchange', () => open(location), ending);
  document.addEventListener(
    'click',
    (event) => {
      const node = (event.target as Element).closest<HTMLAnchorElement>('[data-frontdesk-open],[href^="#frontdesk/"]');
      // Until there is a widget, a link that leads somewhere by itself is followed.
      if (!node || event.defaultPrevented || (!running.core && node.matches('a:not([href^="#"])'))) return;
      event.preventDefault();
      open(node);
    },
    ending,
  );
  open(location);
}
