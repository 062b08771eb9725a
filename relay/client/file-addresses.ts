const FRESH_MS = 25 * 60_000;

/** Where files are read, asked for together and kept for as long as the addresses are good. */
export interface FileAddresses {
  /** The address, or null while it is asked for. */
  of(id: string): string | null;
}

/** `ask` gets addresses of these files from the relay; `changed` is called when some have come. */
export function createFileAddresses(
  ask: (ids: string[]) => Promise<Record<string, string>>,
  changed: () => void,
): FileAddresses {
  const known = new Map<string, { address: string | null; at: number }>();
  let wanted: string[] = [];
  const fetchThem = async () => {
    const ids = wanted;
    wanted = [];
    try {
      const found = await ask(ids);
      for (const id of ids) known.set(id, { address: found[id] ?? null, at: Date.now() });
      changed();
    } catch {
      // Asked for again with the next drawing, but not at once.
      setTimeout(() => {
        for (const id of ids) known.delete(id);
        changed();
      }, 5_000);
    }
  };
  return {
    of(id) {
      const found = known.get(id);
      if (!found || Date.now() - found.at > FRESH_MS) {
        known.set(id, { address: found?.address ?? null, at: Date.now() });
        if (wanted.length === 0) queueMicrotask(fetchThem);
        wanted.push(id);
      }
      return found?.address ?? null;
    },
  };
}
