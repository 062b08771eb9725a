import type { LocaleCode } from '../protocol/site-settings.ts';
import { type Html, html } from './html.ts';
import { WORDS, type Words } from './words.ts';

/** What every page of the shop knows. */
export interface PageContext {
  locale: LocaleCode;
  words: Words;
  /** Address of the page of this language by its name; the empty name is the first page. */
  to(name: string): string;
}

/** Makes the context of a language. */
export function pageContext(locale: LocaleCode): PageContext {
  return { locale, words: WORDS[locale], to: (name) => `/demo/${locale}/${name}` };
}

/** A whole page. `name` is its address within the language, so that the switch leads to the same page. */
export function layout(context: PageContext, page: { title: string; name: string; main: Html }): string {
  const { locale, words, to } = context;
  const other = locale === 'ru' ? 'en' : 'ru';
  const link = (name: string, label: string): Html => {
    const here = page.name === name;
    return html`<a href="${to(name)}"${here ? html` aria-current="page"` : ''}>${label}</a>`;
  };
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${page.title}</title>
<meta name="description" content="${words.tagline}">
<link rel="icon" type="image/svg+xml" href="/demo/assets/logo.svg">
<link rel="stylesheet" href="/demo/assets/shop.css">
<script async src="/widget.js" data-site="demo"></script>
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header class="top"><div class="wide">
<a class="brand" href="${to('')}"><img src="/demo/assets/logo.svg" alt="" width="32" height="32"><span>${words.name}</span></a>
<nav aria-label="${words.menu}">${link('', words.catalogue)}${link('delivery', words.delivery)}${link('contacts', words.contacts)}<a href="#frontdesk/search">${words.help}</a></nav>
<div class="tools"><a class="language" href="/demo/${other}/${page.name}" hreflang="${other}" lang="${other}">${words.other}</a><a class="cart-link" href="${to('cart')}">${words.cart}</a></div>
</div></header>
<main id="main">${page.main}</main>
<footer class="bottom"><div class="wide">
<p><strong>${words.name}</strong><br>${words.address}</p>
<p><a href="tel:+78125550148">+7 812 555-01-48</a><br><a href="#frontdesk/email">hello@quietleaf.example</a></p>
<p class="quiet">${words.footer}</p>
</div></footer>
</body>
</html>
`.text;
}
