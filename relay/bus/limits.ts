/** By whom a limit counts; each has buckets of its own. `address`: a v4 address, or a /64 of v6. */
export type LimitScope = 'visitor' | 'operator' | 'address' | 'site';

/** So many points within so many seconds from the first one. */
export interface LimitRule {
  points: number;
  seconds: number;
}

const per = (seconds: number) => (points: number) => ({ points, seconds });
const minute = per(60);
const fiveMinutes = per(300);
const tenMinutes = per(600);

/**
 * How often something may be asked. A school or an office with 200 visitors behind one address stays below all of them;
 * `docs/protocol.md` says them to people. The narrowest scope comes first: who is stopped by it takes nothing from the wider ones.
 */
export const RATES = {
  /** A page view asks for a session: 20 a second from one address for as long as it likes. */
  session: { visitor: minute(120), address: minute(1_200), site: minute(60_000) },
  /** Page views of somebody not seen before; each makes rows. */
  visitor: { address: tenMinutes(600), site: tenMinutes(60_000) },
  /** Who a visitor is: each page may say it, and once more for each hour it stays. */
  identify: { visitor: minute(120), address: minute(1_200), site: minute(60_000) },
  /** Upgrades and event streams, before the hello; after a restart everybody comes back at once, and perhaps twice. */
  socket: { address: minute(3_000) },
  /**
   * Commands of visitors. A command costs a point, and one more for each 250 characters: a visitor may write 30,000 short
   * messages or 900 of the longest, about 7 MB, in five minutes. 300 a second for 90 s pass; for ever 100 a second do.
   */
  command: { visitor: fiveMinutes(30_000), address: fiveMinutes(200_000), site: fiveMinutes(3_000_000) },
  /** Forms: each begins a conversation and may send mail. */
  form: { visitor: tenMinutes(60), address: tenMinutes(300), site: tenMinutes(20_000) },
  /** Signs of visitors (typing, marks, pages); what is over is dropped, as any sign may be. */
  sign: { visitor: minute(6_000) },
  /** Conversations asked to be replayed; over it the line ends for a while and resumes. */
  replay: { visitor: minute(1_200) },
  /** Pages of a visitor's own history. */
  history: { visitor: minute(600), address: minute(3_000) },
  /** Searches and articles: every typing visitor asks a few times a second. */
  search: { address: minute(1_200), site: minute(60_000) },
  /** What the widget tells of articles: that one is read, whether it helped, that a search found nothing. */
  feedback: { visitor: minute(60), address: minute(600), site: minute(30_000) },
  /** Pictures of articles. */
  file: { address: minute(6_000) },
  /** Files that are uploaded; each costs a point, and one more for each megabyte. */
  upload: {
    visitor: tenMinutes(300),
    operator: tenMinutes(2_000),
    address: tenMinutes(3_000),
    site: tenMinutes(60_000),
  },
  /** What is asked of the API before it is known by whom. */
  api: { address: minute(12_000) },
  /** What one operator (or a program with their cookie) asks of the API. */
  operator: { operator: minute(3_000) },
  /** Commands and signs of one operator, counted like a visitor's. */
  work: { operator: fiveMinutes(60_000) },
} as const satisfies Record<string, Partial<Record<LimitScope, LimitRule>>>;

export type Limited = keyof typeof RATES;
/** The figures in force; tests and fuzzers give their own. */
export type Rates = Record<Limited, Partial<Record<LimitScope, LimitRule>>>;

/** Port: counts what is asked. */
export interface Limits {
  /** Takes `cost` points (1 when not said) of each scope that is named; throws `slow-down` with the time to wait. */
  take(what: Limited, by: Partial<Record<LimitScope, string | undefined>>, cost?: number): Promise<void>;
}

const CHARS_A_POINT = 250;

/** What a command of so many characters costs. */
export const costOf = (chars: number): number => 1 + Math.floor(chars / CHARS_A_POINT);
