/** A change of a space: keys that were set, and keys that left. */
export interface PresenceChange<T> {
  set: ReadonlyMap<string, T>;
  gone: readonly string[];
}

/** Port: who is here now. Never touches the store; lost with the relay and told anew by the sockets that return. */
export interface Presence<T> {
  set(space: string, key: string, value: T): void;
  remove(space: string, key: string): void;
  get(space: string, key: string): T | undefined;
  list(space: string): ReadonlyMap<string, T>;
  /** Told of changes gathered over `gatherMs`, so that 5,000 page changes a second become a frame a second. */
  watch(listener: (space: string, change: PresenceChange<T>) => void): () => void;
}
