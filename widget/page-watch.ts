/** Calls `moved` when the address changes without a load. Where the Navigation API is missing, clicks and history tell. */
export function watchPage(moved: () => void, signal: AbortSignal): void {
  let url = location.href;
  const look = () => {
    if (url === location.href || signal.aborted) return;
    url = location.href;
    moved();
  };
  // The page's own code sets address and title after the event, some only when data is there.
  const soon = () => {
    setTimeout(look, 50);
    setTimeout(look, 1_000);
  };
  const navigation = (globalThis as { navigation?: EventTarget }).navigation;
  navigation?.addEventListener('currententrychange', soon, { signal });
  if (!navigation) for (const type of ['popstate', 'click', 'keyup']) addEventListener(type, soon, { signal });
}
