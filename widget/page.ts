/** The page as the relay gets it. */
export function currentPage(): { url: string; title: string; referrer: string } {
  return {
    url: location.href.slice(0, 2048),
    title: document.title.slice(0, 300),
    referrer: document.referrer.slice(0, 2048),
  };
}

/** Whether `path` fits one of the patterns, in which `*` stands for anything. */
export function pathFits(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    new RegExp(`^${pattern.replace(/[^\w*]/g, '\\$&').replaceAll('*', '.*')}$`).test(path),
  );
}
