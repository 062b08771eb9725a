/** Opens the widget from the page's own elements: `data-frontdesk-open="SCREEN"`, and links to `#frontdesk/SCREEN`. */
export function watchLinks(open: (screen: string, data?: DOMStringMap) => void, signal: AbortSignal): void {
  const follow = (hash: string) => {
    const screen = hash.split('#frontdesk/')[1];
    if (screen) open(decodeURIComponent(screen));
  };
  addEventListener('hashchange', () => follow(location.hash), { signal });
  document.addEventListener(
    'click',
    (event) => {
      const node = (event.target as Element).closest<HTMLElement>('[data-frontdesk-open],[href^="#frontdesk/"]');
      if (!node || event.defaultPrevented) return;
      event.preventDefault();
      const { frontdeskOpen: screen } = node.dataset;
      if (screen) open(screen, node.dataset);
      else follow((node as HTMLAnchorElement).hash);
    },
    { signal },
  );
  follow(location.hash);
}
