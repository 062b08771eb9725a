import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { FrontdeskError } from '../../protocol/errors.ts';
import { recordActivity } from '../../sites/activity.ts';
import type { Clock, Persistence } from '../../store/index.ts';
import type { AppEnv } from '../env.ts';

/** So many people's records looked at within the window are more than answering takes. */
const BULK_READS = 300;
const BULK_WINDOW_MS = 10 * 60_000;

/** Where one operator reads people's records: lists, conversations, events, cards. */
const READS = /\/(?:conversations|visitors)(?:\/|$)/;

/**
 * Writes down what an operator was refused, and when one reads so much at once that it may be a copy; behind
 * `requireOperator`. What they change is written down by the rooms, in the transaction of the change.
 */
export function audit({ store, clock }: { store: Persistence; clock: Clock }) {
  const reading = new Map<string, { since: number; count: number }>();
  const note = (c: Context<AppEnv>, action: string, detail: Record<string, unknown>) =>
    store.tx((db) =>
      recordActivity(db, store.t, {
        // A site that is not theirs is not told of it: the line is the relay's.
        siteId: c.get('site')?.id ?? null,
        actor: { kind: 'operator', id: c.get('signedIn').operator.id },
        ...{ action, detail, ip: c.get('ip'), at: new Date(clock.now()) },
      }),
    );
  const countRead = (operatorId: string) => {
    const now = clock.now();
    const known = reading.get(operatorId);
    const entry = known && now - known.since < BULK_WINDOW_MS ? known : { since: now, count: 0 };
    entry.count += 1;
    reading.set(operatorId, entry);
    return entry.count === BULK_READS;
  };

  return createMiddleware<AppEnv>(async (c, next) => {
    await next();
    const { method, path } = c.req;
    const code = c.error instanceof FrontdeskError ? c.error.code : null;
    const outside = code === 'not-found' && c.get('site') === undefined && path.includes('/sites/');
    if (code === 'forbidden' || outside) await note(c, 'refused', { method, route: routePath(c, -1), code });
    if (code === null && method === 'GET' && READS.test(path) && countRead(c.get('signedIn').operator.id))
      await note(c, 'bulk-read', { reads: BULK_READS, withinMs: BULK_WINDOW_MS });
  });
}
