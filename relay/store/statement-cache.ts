/** Anything that prepares SQL; so that this file need not know the driver. */
interface Preparing<S> {
  prepare(sql: string): S;
}

/** Statements kept per connection; lists of different lengths make different SQL, hence a bound. */
const KEPT = 400;

/**
 * A connection that prepares each SQL text once. drizzle prepares anew at every query, which costs about as much as
 * running it. Statements are only ever used for one synchronous call at a time, so sharing them is safe.
 */
export function statementCache<S, C extends Preparing<S>>(connection: C): C {
  const kept = new Map<string, S>();
  const prepare = (sql: string): S => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const fresh = connection.prepare(sql);
    const oldest = kept.size >= KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(sql, fresh);
    return fresh;
  };
  return new Proxy(connection, {
    get: (target, name) => (name === 'prepare' ? prepare : Reflect.get(target, name, target)),
  });
}
