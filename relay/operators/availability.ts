import type { Availability, Person } from '../protocol/entities.ts';
import type { SiteSettings } from '../protocol/site-settings.ts';
import { type Opening, openingAt } from '../sites/hours.ts';
import type { Clock } from '../store/index.ts';

/** Operators named to visitors at most. */
const NAMED = 20;
/** Settings that another relay changed are seen after so long. */
const BELIEVED_MS = 60_000;
const GRACE_MS = 30_000;

/** Whether a chat can be answered now on each site, and when somebody is back [AV1–AV4]. */
export interface AvailabilityBoard {
  of(siteId: string): Promise<Availability>;
  /** Somebody came or went, or the settings were edited: tells visitors if that changes anything for them. */
  changed(siteId: string, edited?: boolean): Promise<void>;
  /** How long operators of a site count as here after their last sign of life. */
  graceMs(siteId: string): number;
  /** Looks whether a site opened or closed by the clock; to be called every second or so. */
  look(): void;
}

interface Entry {
  settings: Pick<SiteSettings, 'hours' | 'graceSeconds'>;
  readAt: number;
  opening: Opening;
  told: string;
}

export function createAvailabilityBoard(deps: {
  clock: Clock;
  settingsOf(siteId: string): Promise<SiteSettings>;
  online(siteId: string): Person[];
  tell(siteId: string, availability: Availability): void;
}): AvailabilityBoard {
  const { clock, settingsOf, online, tell } = deps;
  const entries = new Map<string, Entry>();

  const read = async (siteId: string): Promise<Entry> => {
    const { hours, graceSeconds } = await settingsOf(siteId);
    const now = clock.now();
    const entry = entries.get(siteId) ?? { settings: { hours, graceSeconds }, readAt: 0, opening: never, told: '' };
    entries.set(siteId, entry);
    Object.assign(entry, { settings: { hours, graceSeconds }, readAt: now, opening: openingAt(hours, now) });
    return entry;
  };
  const entryOf = async (siteId: string): Promise<Entry> => {
    const known = entries.get(siteId);
    return known && Math.abs(clock.now() - known.readAt) < BELIEVED_MS ? known : read(siteId);
  };
  const now = (siteId: string, entry: Entry): Availability => {
    const at = clock.now();
    if (at >= entry.opening.until) entry.opening = openingAt(entry.settings.hours, at);
    const { open, opensAt } = entry.opening;
    const operators = open ? online(siteId) : [];
    return {
      online: operators.length > 0,
      operators: operators.slice(0, NAMED),
      backAt: opensAt === null ? null : new Date(opensAt).toISOString(),
    };
  };
  const tellOf = (siteId: string, entry: Entry) => {
    const availability = now(siteId, entry);
    const words = JSON.stringify(availability);
    if (words === entry.told) return;
    entry.told = words;
    tell(siteId, availability);
  };

  return {
    of: async (siteId) => now(siteId, await entryOf(siteId)),
    // Judged and told in one turn, so that what is told last is what is so.
    changed: async (siteId, edited = false) => tellOf(siteId, await (edited ? read : entryOf)(siteId)),
    graceMs: (siteId) => (entries.get(siteId)?.settings.graceSeconds ?? GRACE_MS / 1_000) * 1_000,
    look() {
      const at = clock.now();
      for (const [siteId, entry] of entries) if (at >= entry.opening.until) tellOf(siteId, entry);
    },
  };
}

const never: Opening = { open: false, opensAt: null, until: 0 };
