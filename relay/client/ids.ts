/**
 * A UUIDv7 (RFC 9562): 48 bits of milliseconds and 74 random ones, those of a random UUID with its variant. Ids of one
 * millisecond stand in no order: a sender's commands are ordered by their numbers.
 */
export function uuidv7(now = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}
