const isSheet = (node: Node | null) => /^(STYLE|LINK)$/.test(node?.nodeName ?? '');

/**
 * Watches the page's DOM. `restyled`: soon after style sheets or the attributes of `html` and `body` changed, or `frame` was
 * taken away, as frameworks do with what they do not know. `moved`: the address changed without a load; whoever
 * does that changes the document too, so no function of the page's has to be replaced.
 */
export function followPage(frame: HTMLElement, restyled: () => void, moved: () => void, over: AbortSignal): void {
  const timers: Record<string, number> = {};
  let url = location.href;
  let body: HTMLElement | undefined;
  const soon = (name: string, fn: () => void) => {
    clearTimeout(timers[name]);
    timers[name] = window.setTimeout(fn, 30);
  };
  const look = (records: readonly MutationRecord[]) => {
    if (url !== location.href) soon('moved', moved);
    url = location.href;
    if (body !== document.body) {
      body = document.body;
      watcher.observe(body, { attributes: true });
    }
    for (const { type, target, addedNodes, removedNodes } of records)
      if (
        !frame.isConnected ||
        type === 'attributes' ||
        [target, target.parentNode, ...addedNodes, ...removedNodes].some(isSheet)
      )
        soon('restyled', restyled);
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document.documentElement, { attributes: true });
  watcher.observe(document, { childList: true, subtree: true, characterData: true });
  look([]);
  const loaded = ({ target }: Event) => {
    if (isSheet(target as Node)) soon('restyled', restyled);
  };
  document.addEventListener('load', loaded, { capture: true, signal: over });
  addEventListener('hashchange', () => look([]), { signal: over });
  over.addEventListener('abort', () => {
    watcher.disconnect();
    for (const timer of Object.values(timers)) clearTimeout(timer);
  });
}
