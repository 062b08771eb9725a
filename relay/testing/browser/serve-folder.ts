import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/**
 * Serves a folder from an origin of its own, which the demo site then allows (`api` is that of the fixtures); `change` edits
 * each text on the way.
 */
export async function serveFolder(
  folder: string,
  api: (method: string, path: string, body?: unknown) => Promise<unknown>,
  change = (text: string) => text,
): Promise<{ origin: string; close(): void }> {
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = pathname === '/' ? 'index.html' : pathname.slice(1);
    try {
      const text = change(readFileSync(join(folder, name), 'utf8'));
      answer.writeHead(200, { 'content-type': `${TYPES[extname(name)] ?? 'text/plain'}; charset=utf-8` }).end(text);
    } catch {
      answer.writeHead(name === 'favicon.ico' ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { origins } = (await api('GET', 'sites/demo')) as { origins: string[] };
  await api('PATCH', 'sites/demo', { origins: [...origins, origin] });
  return { origin, close: () => server.close() };
}
