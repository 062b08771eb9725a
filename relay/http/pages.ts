import type { Hono } from 'hono';
import type { AppEnv } from './env.ts';
import { staticFiles } from './static-files.ts';

/** Folders of built files: `widget` and `console`. */
export interface Assets {
  widget: string;
  console: string;
}

const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "font-src 'self'",
  "manifest-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** The script that site owners paste, its parts, and the console. */
export function servePages(app: Hono<AppEnv>, assets: Assets): void {
  const widget = staticFiles(assets.widget);
  const consoleFiles = staticFiles(assets.console);

  app.get('/stub.js', async (c) => (await widget(c, 'stub.js', 'short')) ?? c.notFound());
  app.get('/widget.js', async (c) => (await widget(c, 'widget.js', 'short')) ?? c.notFound());
  app.get(
    '/widget/:name{[\\w.-]+}',
    async (c) => (await widget(c, `parts/${c.req.param('name')}`, 'forever')) ?? c.notFound(),
  );

  app.get('/demo/gallery/gallery.js', async (c) => (await widget(c, 'gallery.js', 'short')) ?? c.notFound());

  app.get('/console', (c) => c.redirect('/console/', 308));
  app.get(
    '/console/assets/:name{[\\w.-]+}',
    async (c) => (await consoleFiles(c, `assets/${c.req.param('name')}`, 'forever')) ?? c.notFound(),
  );
  // Every address of the console is one page; its router does the rest.
  app.get('/console/*', async (c) => {
    c.header('content-security-policy', consolePolicy);
    const page = await consoleFiles(c, 'index.html', 'never');
    if (!page) return c.notFound();
    page.headers.set('content-security-policy', consolePolicy);
    page.headers.set('referrer-policy', 'same-origin');
    page.headers.set('cross-origin-opener-policy', 'same-origin');
    return page;
  });
  app.get('/', (c) => c.redirect('/console/', 302));
}
