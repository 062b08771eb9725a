import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'hono';

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

interface Kept {
  plain: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer>;
  br: Uint8Array<ArrayBuffer>;
  type: string;
  etag: string;
}

const zip = promisify(gzip);
const brotli = promisify(brotliCompress);

/** Built files of a folder, compressed once as hard as can be and kept in memory. */
export function staticFiles(folder: string) {
  const kept = new Map<string, { file: Promise<Kept | null>; changedAt: number }>();

  const changeTime = (name: string) =>
    stat(join(folder, name)).then(
      (stats) => (stats.isFile() ? stats.mtimeMs : null),
      () => null,
    );
  const load = async (name: string): Promise<Kept | null> => {
    const plain = await readFile(join(folder, name)).catch(() => null);
    if (!plain) return null;
    const [small, smaller] = await Promise.all([
      zip(plain, { level: 9 }),
      brotli(plain, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
      }),
    ]);
    return {
      plain: new Uint8Array(plain),
      gzip: new Uint8Array(small),
      br: new Uint8Array(smaller),
      type: types[extname(name)] ?? 'application/octet-stream',
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    };
  };

  /** Answers with a file, or null when there is none of this name. `forever`: its name changes with its content. */
  return async (c: Context, name: string, caching: 'forever' | 'short' | 'never'): Promise<Response | null> => {
    const path = normalize(name);
    if (path.startsWith('..') || path.includes('\0')) return null;
    // A name that changes with its content cannot be stale; the others are looked at again.
    const before = kept.get(path);
    const changedAt = before && caching === 'forever' ? before.changedAt : await changeTime(path);
    if (changedAt === null) return null;
    const current = before?.changedAt === changedAt ? before : { file: load(path), changedAt };
    kept.set(path, current);
    const file = await current.file;
    if (!file) return null;
    const accepts = c.req.header('accept-encoding') ?? '';
    const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : 'plain';
    const headers: Record<string, string> = {
      'content-type': file.type,
      'cache-control':
        caching === 'forever'
          ? 'public, max-age=31536000, immutable'
          : caching === 'short'
            ? 'public, max-age=300'
            : 'no-cache',
      etag: file.etag,
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    };
    if (c.req.header('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
    if (encoding !== 'plain') headers['content-encoding'] = encoding;
    return new Response(file[encoding], { headers });
  };
}
