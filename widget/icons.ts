/** What a site can choose for its launcher, and the mark that closes: each one path on 24 × 24, after lucide's icons (ISC). */
export const ICONS: Record<string, string> = {
  close: 'M18 6 6 18M6 6l12 12',
  chat: 'M8 20a9 9 0 1 0-4-4l-1 5z',
  help: 'M8 8a4 4 0 1 1 4 5v2m0 5v.01',
  mail: 'M3 5h18v14H3zM3 7l9 6 9-6',
  wave: 'M8 13V5m4 7V3m4 9V5m4 4v5c0 9-11 9-14 5l-3-5 5 2',
};
