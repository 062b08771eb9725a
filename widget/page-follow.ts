const SOON_MS = 30;
const isSheet = (node: Node | null) => /^(STYLE|LINK)$/.test(node?.nodeName ?? '');

/**
 * Watches the page's DOM and calls `changed` soon after style sheets or the attributes of `html` and `body` changed, after
 * `frame` was taken away, as frameworks do with what they do not know, and after the address changed without a load. Where no
 * event tells of that, the document does, which changes with it; no function of the page's has to be replaced.
 */
export function followPage(frame: HTMLElement, changed: (moved: boolean) => void, over: AbortSignal): void {
  let url = location.href;
  let body: HTMLElement | undefined;
  let timer: ReturnType<typeof setTimeout>;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const moved = url !== location.href;
      url = location.href;
      changed(moved);
    }, SOON_MS);
  };
  const look = (records: readonly MutationRecord[]) => {
    if (body !== document.body) {
      body = document.body;
      watcher.observe(body, { attributes: true });
    }
    if (
      url !== location.href ||
      !frame.isConnected ||
      records.some(
        ({ type, target, addedNodes, removedNodes }) =>
          type === 'attributes' || [target, target.parentNode, ...addedNodes, ...removedNodes].some(isSheet),
      )
    )
      soon();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document.documentElement, { attributes: true });
  watcher.observe(document, { childList: true, subtree: true, characterData: true });
  look([]);
  document.addEventListener('load', ({ target }) => isSheet(target as Node) && soon(), { capture: true, signal: over });
  // A step back or to another part of the page; where there is a Navigation API, whatever changes the address.
  addEventListener('popstate', soon, { signal: over });
  (globalThis as { navigation?: EventTarget }).navigation?.addEventListener('currententrychange', soon, {
    signal: over,
  });
  over.addEventListener('abort', () => {
    watcher.disconnect();
    clearTimeout(timer);
  });
}
