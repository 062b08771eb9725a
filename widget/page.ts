/** The page as the relay gets it. */
export function currentPage(): { url: string; title: string; referrer: string } {
  return {
    url: location.href.slice(0, 2048),
    title: document.title.slice(0, 300),
    referrer: document.referrer.slice(0, 2048),
  };
}
