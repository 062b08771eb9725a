import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { and, eq } from 'drizzle-orm';
import type { Limits } from '../bus/limits.ts';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { memberOf } from '../operators/store.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';
import { attachedFile } from '../protocol/log-event.ts';
import type { Clock, CommitQueue, Persistence } from '../store/index.ts';
import { visitorOf } from '../visitors/session-routes.ts';
import { fileAddressFor, type Reader, readerOf } from './addresses.ts';
import { PICTURES } from './upload-kinds.ts';
import { bytesOf, keepUpload, readBody, type UploadRow, uploadById, uploadsByIds } from './uploads.ts';

export interface UploadRoutesDeps {
  store: Persistence;
  queue: CommitQueue;
  clock: Clock;
  limits: Limits;
  /** What addresses of files are signed with, the newest first. */
  fileKeys: readonly Buffer[];
  siteFor(key: string, origin: string | undefined): Promise<{ id: string; key: string }>;
}

const MEGABYTE = 1024 * 1024;
const named = z.object({ name: z.string().min(1).max(LIMITS.fieldChars) });
const site = z.object({ site: z.string().min(1).max(64) });
const ids = z.object({ files: z.array(z.uuid()).max(200) });
const uploaded = {
  200: jsonAnswer(attachedFile, 'What is kept; its id goes into `files` of a message or form'),
  ...errorAnswer,
};
const addresses = {
  200: jsonAnswer(
    z.object({ addresses: z.record(z.uuid(), z.string()) }),
    'Addresses from the relay’s root, good for half an hour; files that the asker may not see are left out',
  ),
  ...errorAnswer,
};

const visitorUpload = createRoute({
  method: 'post',
  path: '/api/visitor/uploads',
  summary: 'A file of the visitor’s, as the body; to be sent within a day',
  tags: ['visitor'],
  request: { query: site.extend(named.shape) },
  responses: uploaded,
});
const visitorAddresses = createRoute({
  method: 'post',
  path: '/api/visitor/uploads/addresses',
  summary: 'Where files of the visitor’s own conversations are read',
  tags: ['visitor'],
  request: { body: jsonBody(site.extend(ids.shape)) },
  responses: addresses,
});
const operatorUpload = createRoute({
  method: 'post',
  path: '/sites/{site}/uploads',
  summary: 'A file of the operator’s, as the body; to be sent within a day',
  request: { params: z.object({ site: z.string() }), query: named },
  responses: uploaded,
});
const operatorAddresses = createRoute({
  method: 'post',
  path: '/sites/{site}/uploads/addresses',
  summary: 'Where files of the site’s conversations are read',
  request: { params: z.object({ site: z.string() }), body: jsonBody(ids) },
  responses: addresses,
});
const reading = createRoute({
  method: 'get',
  path: '/api/files/{id}',
  summary: 'A file by an address that was given out',
  tags: ['visitor'],
  request: {
    params: z.object({ id: z.string().max(64) }),
    query: z.object({
      visitor: z.string().max(64).optional(),
      operator: z.string().max(64).optional(),
      until: z.coerce.number().int().default(0),
      signature: z.string().max(64).default(''),
    }),
  },
  responses: {
    200: { description: 'The file', content: { '*/*': { schema: z.string().meta({ format: 'binary' }) } } },
    ...errorAnswer,
  },
});

/** What a file costs of its limit: one, and one more for each megabyte. */
const costOf = (size: string | undefined) => 1 + Math.floor(Math.min(Number(size) || 0, LIMITS.fileBytes) / MEGABYTE);

/** Whether somebody may read an upload: what was sent, whoever may read the conversation; what was not, its owner. */
async function mayRead({ read, t }: Persistence, { kind, id }: Reader, row: UploadRow): Promise<boolean> {
  if (kind === 'operator') {
    if (row.conversationId === null && row.ownerId !== id) return false;
    const member = await memberOf(read, t, row.siteId, id);
    return member !== undefined && member.deletedAt === null;
  }
  if (row.conversationId === null) return row.ownerId === id;
  const [own] = await read
    .select({ id: t.conversations.id })
    .from(t.conversations)
    .where(and(eq(t.conversations.id, row.conversationId), eq(t.conversations.visitorId, id)));
  return own !== undefined;
}

async function addressesFor(deps: UploadRoutesDeps, siteId: string, reader: Reader, wanted: readonly string[]) {
  const { store, fileKeys, clock } = deps;
  const rows = await uploadsByIds(store.read, store.t, siteId, wanted);
  const found: Record<string, string> = {};
  for (const row of rows)
    if (await mayRead(store, reader, row)) found[row.id] = fileAddressFor(fileKeys, row.id, reader, clock.now());
  return found;
}

/** Uploads of visitors, and the way to read files for both sides. */
export function uploadRoutes(deps: UploadRoutesDeps) {
  const { store, limits, clock, fileKeys } = deps;
  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(visitorUpload, async (c) => {
      const { site: key, name } = c.req.valid('query');
      const { id: siteId } = await deps.siteFor(key, c.req.header('origin'));
      const { visitor } = await visitorOf(store, siteId, c.req.header('authorization'), clock.now());
      // Nothing it could go with would be taken.
      if (visitor.barredAt) throw new FrontdeskError('ended');
      const length = c.req.header('content-length');
      await limits.take('upload', { visitor: visitor.id, address: c.get('ip'), site: siteId }, costOf(length));
      const bytes = await readBody(c.req.raw.body, length);
      return c.json(await keepUpload(deps, { siteId, ownerId: visitor.id, name, bytes }), 200);
    })
    .openapi(visitorAddresses, async (c) => {
      const { site: key, files } = c.req.valid('json');
      const { id: siteId } = await deps.siteFor(key, c.req.header('origin'));
      const { visitor } = await visitorOf(store, siteId, c.req.header('authorization'), clock.now());
      await limits.take('history', { visitor: visitor.id });
      return c.json({ addresses: await addressesFor(deps, siteId, { kind: 'visitor', id: visitor.id }, files) }, 200);
    })
    .openapi(reading, async (c) => {
      const { id } = c.req.valid('param');
      const reader = readerOf(fileKeys, id, c.req.valid('query'), clock.now());
      const row = reader && (await uploadById(store.read, store.t, id));
      if (!reader || !row || !(await mayRead(store, reader, row))) throw new FrontdeskError('not-found');
      return c.body(bytesOf(store, id), 200, headersOf(row));
    });
}

/** Uploads of operators, under `/api/v1`; `requireOperator` and `requireSite` stand before them. */
export function operatorUploadRoutes(deps: UploadRoutesDeps) {
  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(operatorUpload, async (c) => {
      const { id: siteId } = c.get('site');
      const { id: ownerId } = c.get('signedIn').operator;
      const length = c.req.header('content-length');
      await deps.limits.take('upload', { operator: ownerId, site: siteId }, costOf(length));
      const bytes = await readBody(c.req.raw.body, length);
      return c.json(await keepUpload(deps, { siteId, ownerId, name: c.req.valid('query').name, bytes }), 200);
    })
    .openapi(operatorAddresses, async (c) => {
      const reader: Reader = { kind: 'operator', id: c.get('signedIn').operator.id };
      const { files } = c.req.valid('json');
      return c.json({ addresses: await addressesFor(deps, c.get('site').id, reader, files) }, 200);
    });
}

/** Opened by itself a file runs nothing and loads nothing; only a picture that was drawn anew is shown, the rest is saved. */
function headersOf({ name, mime, size }: UploadRow): Record<string, string> {
  const isShown = PICTURES.has(mime);
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return {
    'content-type': mime,
    'content-length': `${size}`,
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'private, max-age=1800',
  };
}
