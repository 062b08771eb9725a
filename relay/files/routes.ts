import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { errorAnswer, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Persistence } from '../store/index.ts';
import { fileOf } from './store.ts';

export interface FileRoutesDeps {
  store: Persistence;
  siteByKey(key: string): Promise<{ id: string; key: string } | null>;
}

const route = createRoute({
  method: 'get',
  path: '/api/visitor/files/{site}/{hash}',
  summary: 'A picture of an article; for any page',
  tags: ['visitor'],
  request: { params: z.object({ site: z.string().max(64), hash: z.string().regex(/^[0-9a-f]{64}$/) }) },
  responses: {
    200: { description: 'The picture', content: { 'image/*': { schema: z.string().meta({ format: 'binary' }) } } },
    304: { description: 'It has not changed; it never does' },
    ...errorAnswer,
  },
});

/** Opened by itself a picture runs nothing and loads nothing, whatever an SVG has in it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; sandbox";

/** Serves pictures under their hashes, so that they may be kept for ever. */
export function fileRoutes({ store, siteByKey }: FileRoutesDeps) {
  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid }).openapi(route, async (c) => {
    const { site: key, hash } = c.req.valid('param');
    const site = await siteByKey(key);
    const headers: Record<string, string> = {
      'cache-control': 'public, max-age=31536000, immutable',
      etag: `"${hash}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': POLICY,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    };
    if (site === null) throw new FrontdeskError('not-found');
    if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, headers);
    const file = await fileOf(store.read, store.t, site.id, hash);
    if (file === undefined) throw new FrontdeskError('not-found');
    headers['content-type'] = file.mime;
    /* In an `<img>` it shows all the same; opened by itself it is saved, not run. */
    if (file.mime === 'image/svg+xml')
      headers['content-disposition'] = `attachment; filename="${hash.slice(0, 12)}.svg"`;
    return c.body(new Uint8Array(file.bytes), 200, headers);
  });
}
