import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { and, eq } from 'drizzle-orm';
import { errorAnswer, jsonAnswer, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { attributes, conversationSummary, metadata, type VisitorCard, visitorCard } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { logEvent } from '../protocol/log-event.ts';
import type { Persistence } from '../store/index.ts';
import { type VisitorRow, visitorById, visitorByReservedChat, visitsOf } from '../visitors/store.ts';
import { toLogEvent } from './log-events.ts';
import { withQuotes } from './quotes.ts';
import {
  type Cursor,
  conversationRow,
  eventPage,
  listConversations,
  summariesOf,
  summariesOfVisitor,
} from './store.ts';

export interface ConversationRoutesDeps {
  store: Persistence;
  changeOf(siteId: string): Promise<number>;
}

const siteParam = z.object({ site: z.string() });
const idParams = siteParam.extend({ id: z.uuid() });
const limit = z.coerce.number().int().min(1).max(200).default(50);
const seqNumber = z.coerce.number().int().min(0).optional();

const list = createRoute({
  method: 'get',
  path: '/sites/{site}/conversations',
  summary: 'A page of a view, latest first',
  request: {
    params: siteParam,
    query: z.object({
      view: z.enum(['unassigned', 'mine', 'all', 'closed']),
      cursor: z.string().max(100).optional(),
      limit,
    }),
  },
  responses: {
    200: jsonAnswer(
      z.object({
        conversations: z.array(conversationSummary),
        cursor: z.string().nullable(),
        change: z.number().int(),
      }),
      'The page; `cursor` asks for the next, `change` is the number that frames go on from',
    ),
    ...errorAnswer,
  },
});

const detail = createRoute({
  method: 'get',
  path: '/sites/{site}/conversations/{id}',
  summary: 'A conversation with its visitor; without a record yet, `conversation` is null',
  request: { params: idParams },
  responses: {
    200: jsonAnswer(
      z.object({
        conversation: conversationSummary.nullable(),
        /** What went along with its first event. */
        metadata: metadata.nullable(),
        /** What the page said of it. */
        attributes,
        visitor: visitorCard,
      }),
      'The conversation',
    ),
    ...errorAnswer,
  },
});

const events = createRoute({
  method: 'get',
  path: '/sites/{site}/conversations/{id}/events',
  summary: 'A page of a conversation’s events, oldest first, in the staff’s numbers',
  request: { params: idParams, query: z.object({ before: seqNumber, after: seqNumber, limit }) },
  responses: {
    200: jsonAnswer(z.object({ events: z.array(logEvent), top: z.number().int() }), 'The page'),
    ...errorAnswer,
  },
});

const visitor = createRoute({
  method: 'get',
  path: '/sites/{site}/visitors/{id}',
  summary: 'A visitor with their visits and conversations',
  request: { params: idParams },
  responses: { 200: jsonAnswer(visitorCard, 'The visitor'), ...errorAnswer },
});

const toCursor = (at: string, id: string) => Buffer.from(JSON.stringify([at, id])).toString('base64url');

function readCursor(text: string | undefined): Cursor | null {
  if (!text) return null;
  try {
    const [at, id] = z.tuple([z.iso.datetime(), z.uuid()]).parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { at: new Date(at), id };
  } catch {
    throw new FrontdeskError('bad-request', 'The cursor is not one of this list; ask without it.');
  }
}

/** Routes of conversations and their visitors, under `/api/v1`; `requireOperator` and `requireSite` stand before them. */
export function conversationRoutes(deps: ConversationRoutesDeps) {
  const { store } = deps;
  const { read, t } = store;

  const card = async (siteId: string, row: VisitorRow): Promise<VisitorCard> => ({
    id: row.id,
    number: row.number,
    name: row.name,
    email: row.email,
    phone: row.phone,
    verified: row.externalId !== null,
    attributes: row.attributes,
    signed: row.signed ?? [],
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    visitNumber: row.visitCount,
    conversation: row.conversationId,
    visits: await visitsOf(read, t, row.id),
    conversations: await summariesOfVisitor(read, t, siteId, row.id),
  });

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(list, async (c) => {
      const { view, cursor, limit } = c.req.valid('query');
      const siteId = c.get('site').id;
      // The number first: a change that happens between the two is told again, never missed.
      const change = await deps.changeOf(siteId);
      const rows = await listConversations(read, t, {
        siteId,
        view,
        operatorId: c.get('signedIn').operator.id,
        cursor: readCursor(cursor),
        limit: limit + 1,
      });
      const conversations = rows.slice(0, limit);
      const last = rows.length > limit ? conversations.at(-1) : undefined;
      return c.json({ conversations, cursor: last ? toCursor(last.lastEventAt, last.id) : null, change }, 200);
    })
    .openapi(detail, async (c) => {
      const siteId = c.get('site').id;
      const { id } = c.req.valid('param');
      const [summary] = await summariesOf(read, t, siteId, [id]);
      const row = summary
        ? await visitorById(read, t, siteId, summary.visitor.id)
        : await visitorByReservedChat(read, t, siteId, id);
      if (!row) throw new FrontdeskError('not-found');
      const kept = summary ? await conversationRow(read, t, siteId, id) : undefined;
      const [said] = await read
        .select()
        .from(t.conversationAttributes)
        .where(and(eq(t.conversationAttributes.conversationId, id), eq(t.conversationAttributes.siteId, siteId)));
      return c.json(
        {
          attributes: said?.attributes ?? {},
          conversation: summary ?? null,
          metadata: kept?.metadata ?? null,
          visitor: await card(siteId, row),
        },
        200,
      );
    })
    .openapi(events, async (c) => {
      const siteId = c.get('site').id;
      const { id } = c.req.valid('param');
      const { before, after, limit } = c.req.valid('query');
      const row = await conversationRow(read, t, siteId, id);
      if (!row) return c.json({ events: [], top: 0 }, 200);
      const rows = await eventPage(read, t, {
        conversationId: id,
        audience: 'staff',
        limit,
        ...(after !== undefined ? { after } : before !== undefined ? { before } : {}),
      });
      const shown = await withQuotes(read, t, rows);
      return c.json({ events: shown.flatMap((event) => toLogEvent(event, 'staff') ?? []), top: row.staffSeq }, 200);
    })
    .openapi(visitor, async (c) => {
      const siteId = c.get('site').id;
      const row = await visitorById(read, t, siteId, c.req.valid('param').id);
      if (!row) throw new FrontdeskError('not-found');
      return c.json(await card(siteId, row), 200);
    });
}
