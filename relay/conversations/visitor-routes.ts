import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Limits } from '../bus/limits.ts';
import { errorAnswer, jsonAnswer, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { logEvent } from '../protocol/log-event.ts';
import type { Clock, Persistence } from '../store/index.ts';
import { visitorOf } from '../visitors/session-routes.ts';
import { toLogEvent } from './log-events.ts';
import { withQuotes } from './quotes.ts';
import { conversationRow, eventPage } from './store.ts';

export interface VisitorRoutesDeps {
  store: Persistence;
  limits: Limits;
  clock: Clock;
  siteFor(key: string, origin: string | undefined): Promise<{ id: string; key: string }>;
}

const events = createRoute({
  method: 'get',
  path: '/api/visitor/conversations/{id}/events',
  summary: 'A page of the visitor’s own conversation, oldest first, in the visitor’s numbers',
  tags: ['visitor'],
  request: {
    params: z.object({ id: z.uuid() }),
    query: z.object({
      site: z.string().min(1).max(64),
      before: z.coerce.number().int().min(0).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: jsonAnswer(z.object({ events: z.array(logEvent), top: z.number().int() }), 'The page'),
    ...errorAnswer,
  },
});

/** History for the widget: what a reload or another day brings back. */
export function visitorConversationRoutes(deps: VisitorRoutesDeps) {
  const { read, t } = deps.store;
  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid }).openapi(events, async (c) => {
    const { site: key, before, limit } = c.req.valid('query');
    const site = await deps.siteFor(key, c.req.header('origin'));
    const { visitor } = await visitorOf(deps.store, site.id, c.req.header('authorization'), deps.clock.now());
    await deps.limits.take('history', { visitor: visitor.id });
    const row = await conversationRow(read, t, site.id, c.req.valid('param').id);
    // Unknown and somebody else's answer alike; a chat that is only reserved is empty.
    if (!row && c.req.valid('param').id === visitor.conversationId) return c.json({ events: [], top: 0 }, 200);
    if (row?.visitorId !== visitor.id) throw new FrontdeskError('not-found');
    const rows = await eventPage(read, t, {
      conversationId: row.id,
      audience: 'visitor',
      hidden: row.staffSeq - row.visitorSeq,
      limit,
      ...(before !== undefined && { before }),
    });
    const shown = await withQuotes(read, t, rows);
    return c.json({ events: shown.flatMap((event) => toLogEvent(event, 'visitor') ?? []), top: row.visitorSeq }, 200);
  });
}
