/** What a site can choose for its launcher, and the mark that closes: each one path on 24 × 24, after lucide's icons (ISC). */
export const ICONS: Record<string, string> = {
  close: 'M18 6 6 18M6 6l12 12',
  chat: 'M8 20a9 9 0 1 0-4-4l-1 5z',
  help: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M9 9a3 3 0 1 1 4 3q-1 .5-1 2M12 17v.01',
  mail: 'M5 4h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2M3 7l9 6 9-6',
  wave: 'M7 13V6a2 2 0 0 1 4 0V4a2 2 0 0 1 4 0v3a2 2 0 0 1 4 0v7a8 8 0 0 1-14 5l-3-5a2 2 0 0 1 3-2z',
};
