import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Context, Hono } from 'hono';
import type { LocaleCode } from '../protocol/site-settings.ts';
import { PRODUCTS } from './catalogue.ts';
import { demoFolder } from './folder.ts';
import { galleryPage } from './gallery.ts';
import { type PageContext, pageContext } from './layout.ts';
import { cartPage, contactsPage, deliveryPage, homePage, lostPage, productPage } from './pages.ts';

/** As strict as the strictest page the widget has to live on, but for its own pictures and styles. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = { '.svg': 'image/svg+xml', '.css': 'text/css; charset=utf-8' };

const page = (c: Context, text: string, status: 200 | 404 = 200): Response =>
  c.html(text, status, {
    'content-security-policy': POLICY,
    'referrer-policy': 'same-origin',
    'cache-control': 'no-cache',
  });

/** Russian for whoever prefers it to English; what is not said is English. */
export function preferredLocale(acceptLanguage: string | undefined): LocaleCode {
  let best: { locale: LocaleCode; weight: number } = { locale: 'en', weight: 0 };
  for (const part of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...settings] = part.trim().toLowerCase().split(';');
    const weight = Number(/q=([\d.]+)/.exec(settings.join(';'))?.[1] ?? 1);
    const locale = tag.split('-')[0];
    if ((locale === 'ru' || locale === 'en') && weight > best.weight) best = { locale, weight };
  }
  return best.locale;
}

/** The demo shop under `/demo/`: a page of its own for each language, made on the server, with the widget on it. */
export function demoRoutes() {
  const app = new Hono();
  app.get('/demo', (c) => c.redirect('/demo/', 308));
  app.get('/demo/', (c) => {
    c.header('vary', 'accept-language');
    return page(c, homePage(pageContext(preferredLocale(c.req.header('accept-language')))));
  });
  app.get('/demo/gallery', (c) => c.redirect('/demo/gallery/', 308));
  app.get('/demo/gallery/', (c) => page(c, galleryPage()));
  app.get('/demo/assets/:name{[a-z0-9-]+\\.(?:svg|css)}', asset);
  for (const locale of ['ru', 'en'] as const) addPages(app, locale, pageContext(locale));
  return app;
}

function addPages(app: Hono, locale: LocaleCode, context: PageContext): void {
  const product = (slug: string | undefined) => PRODUCTS.find((one) => one.slug === slug);
  app.get(`/demo/${locale}`, (c) => c.redirect(`/demo/${locale}/`, 308));
  app.get(`/demo/${locale}/`, (c) => page(c, homePage(context)));
  app.get(`/demo/${locale}/delivery`, (c) => page(c, deliveryPage(context)));
  app.get(`/demo/${locale}/contacts`, (c) => page(c, contactsPage(context)));
  app.get(`/demo/${locale}/cart`, (c) => page(c, cartPage(context, product(c.req.query('item')))));
  app.get(`/demo/${locale}/product/:slug`, (c) => {
    const found = product(c.req.param('slug'));
    return found === undefined ? page(c, lostPage(context), 404) : page(c, productPage(context, found));
  });
  app.get(`/demo/${locale}/*`, (c) => page(c, lostPage(context), 404));
}

async function asset(c: Context): Promise<Response> {
  const name = c.req.param('name') ?? '';
  const bytes = await readFile(join(demoFolder(), 'assets', name)).catch(() => null);
  if (bytes === null) return c.notFound();
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    'cache-control': 'public, max-age=3600',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  });
}
