/** The mark that closes: one path on 24 × 24, after lucide's icons (ISC). */
export const CLOSE = 'M18 6 6 18M6 6l12 12';
