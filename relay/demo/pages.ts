import { PRODUCTS, type Product, priceText } from './catalogue.ts';
import { type Html, html } from './html.ts';
import { layout, type PageContext } from './layout.ts';

const picture = (product: Product, context: PageContext): Html =>
  html`<img src="/demo/assets/${product.slug}.svg" alt="${product.name[context.locale]}" width="400" height="320">`;

/** The first page with the whole catalogue. */
export function homePage(context: PageContext): string {
  const { words, locale, to } = context;
  const card = (product: Product): Html => html`<li class="card">
<a href="${to(`product/${product.slug}`)}">${picture(product, context)}
<span class="card-name">${product.name[locale]}</span><span class="quiet">${product.note[locale]}</span></a>
<span class="card-foot"><span class="price">${priceText(product.price, locale)}</span><span class="quiet">${product.unit[locale]}</span></span></li>`;
  const shelf = (
    kind: Product['kind'],
    title: string,
  ): Html => html`<section class="wide shelf" aria-labelledby="${kind}">
<h2 id="${kind}">${title}</h2><ul class="cards">${PRODUCTS.filter((product) => product.kind === kind).map(card)}</ul></section>`;
  const main = html`<section class="hero"><div class="wide">
<div><h1>${words.heroTitle}</h1><p class="lead">${words.heroText}</p>
<p class="actions"><a class="button" href="#tea">${words.heroCall}</a><button class="button second" type="button" data-frontdesk-open="chat">${words.heroChat}</button></p></div>
<img src="/demo/assets/hero.svg" alt="" width="760" height="420"></div></section>
<section class="wide promises">${words.promises.map(([title = '', text = '']) => html`<div><h2>${title}</h2><p>${text}</p></div>`)}</section>
${shelf('tea', words.tea)}
<section class="wide"><div class="advice"><div><h2>${words.adviceTitle}</h2><p>${words.adviceText}</p></div>
<p class="actions"><button class="button" type="button" data-frontdesk-open="chat">${words.adviceChat}</button><button class="button second" type="button" data-frontdesk-open="article/brewing">${words.adviceRead}</button></p></div></section>
${shelf('ware', words.ware)}`;
  return layout(context, { title: `${words.name} — ${words.tagline}`, name: '', main });
}

/** A product's page. */
export function productPage(context: PageContext, product: Product): string {
  const { words, locale, to } = context;
  const name = product.name[locale];
  const isWare = product.kind === 'ware' && product.slug !== 'starter-set';
  const article = isWare ? 'teaware-care' : 'brewing';
  const main = html`<div class="wide product">
<p class="crumb"><a href="${to('')}">← ${words.back}</a></p>
<div class="product-picture">${picture(product, context)}</div>
<div class="product-text"><h1>${name}</h1><p class="lead">${product.note[locale]}</p><p>${product.text[locale]}</p>
<dl class="facts">${product.facts[locale].map(([key, value]) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`)}</dl>
<p class="buy"><span class="price">${priceText(product.price, locale)}</span> <span class="quiet">${product.unit[locale]}</span></p>
<p class="actions"><a class="button" href="${to(`cart?item=${product.slug}`)}">${words.add}</a>
<button class="button second" type="button" data-frontdesk-open="email" data-frontdesk-prefill-subject="${words.subjectAbout}" data-frontdesk-prefill-message="${`${name}: `}">${words.askAbout}</button></p>
<p class="links"><a href="#frontdesk/article/${article}">${isWare ? words.care : words.howToBrew}</a><a href="#frontdesk/article/returns">${words.returns}</a></p></div></div>`;
  return layout(context, { title: `${name} — ${words.name}`, name: `product/${product.slug}`, main });
}

/** How things travel and are paid for; the page with the invitation. */
export function deliveryPage(context: PageContext): string {
  const { words } = context;
  const main = html`<div class="wide text"><h1>${words.deliveryTitle}</h1><p class="lead">${words.deliveryLead}</p>
<div class="scroll"><table><thead><tr>${words.deliveryHead.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${words.deliveryRows.map((row) => html`<tr>${row.map((cell, at) => (at === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))}</tr>`)}</tbody></table></div>
<h2>${words.payTitle}</h2><p>${words.payText}</p>
<h2>${words.questionsTitle}</h2><ul class="questions">${words.questions.map(([slug = '', title = '']) => html`<li><a href="#frontdesk/article/${slug}">${title}</a></li>`)}</ul>
<div class="advice"><div><h2>${words.trackTitle}</h2><p>${words.trackText}</p></div>
<p class="actions"><button class="button" type="button" data-frontdesk-open="email" data-frontdesk-prefill-subject="${words.trackSubject}">${words.trackButton}</button></p></div></div>`;
  return layout(context, { title: `${words.deliveryTitle} — ${words.name}`, name: 'delivery', main });
}

/** Where the shop is and how to reach it. */
export function contactsPage(context: PageContext): string {
  const { words } = context;
  const main = html`<div class="wide text"><h1>${words.contactsTitle}</h1><p class="lead">${words.contactsLead}</p>
<div class="two"><div><dl class="contacts"><div><dt>${words.addressLabel}</dt><dd>${words.address}</dd></div>
<div><dt>${words.phoneLabel}</dt><dd><a href="tel:+78125550148">+7 812 555-01-48</a></dd></div>
<div><dt>${words.mailLabel}</dt><dd><a href="#frontdesk/email">hello@quietleaf.example</a></dd></div></dl>
<h2>${words.writeTitle}</h2><p>${words.writeText}</p>
<p class="actions"><button class="button" type="button" data-frontdesk-open="chat">${words.writeChat}</button><button class="button second" type="button" data-frontdesk-open="email">${words.writeMail}</button></p>
<p class="links"><a href="#frontdesk/email" data-frontdesk-prefill-subject="${words.wholesaleSubject}">${words.wholesale}</a></p></div>
<img class="map" src="/demo/assets/map.svg" alt="${words.mapAlt}" width="560" height="300"></div></div>`;
  return layout(context, { title: `${words.contactsTitle} — ${words.name}`, name: 'contacts', main });
}

/** What is free of charge from here on. */
const FREE_FROM = { ru: 3500, en: 4000 };

/** The cart: what was put in last, with the gaiwan that everybody takes. Nothing is kept. */
export function cartPage(context: PageContext, added: Product | undefined): string {
  const { words, locale, to } = context;
  const usual = PRODUCTS.filter(({ slug }) => slug === 'oolong-cloud' || slug === 'gaiwan');
  const items = added === undefined || usual.includes(added) ? usual : [added, ...usual];
  const total = items.reduce((sum, { price }) => ({ ru: sum.ru + price.ru, en: sum.en + price.en }), { ru: 0, en: 0 });
  const left = { ru: FREE_FROM.ru - total.ru, en: FREE_FROM.en - total.en };
  const rows = items.map(
    (product) =>
      html`<tr><th scope="row"><a href="${to(`product/${product.slug}`)}">${product.name[locale]}</a> <span class="quiet">${product.unit[locale]}</span></th><td class="number">${priceText(product.price, locale)}</td></tr>`,
  );
  const main = html`<div class="wide text"><h1>${words.cartTitle}</h1>
<div class="scroll"><table><thead><tr><th scope="col">${words.cartItem}</th><th scope="col" class="number">${words.cartSum}</th></tr></thead><tbody>${rows}</tbody>
<tfoot><tr><th scope="row">${words.cartTotal}</th><td class="number">${priceText(total, locale)}</td></tr></tfoot></table></div>
<p>${left[locale] <= 0 ? words.cartFree : `${words.cartMore} ${priceText(left, locale)}.`}</p>
<p class="actions"><a class="button" href="${to('delivery')}">${words.cartPay}</a></p><p class="quiet">${words.cartNote}</p>
<div class="advice"><p>${words.cartHelp}</p><p class="actions"><button class="button second" type="button" data-frontdesk-open="article/promo-codes">${words.cartPromo}</button><button class="button" type="button" data-frontdesk-open="chat">${words.writeChat}</button></p></div></div>`;
  return layout(context, { title: `${words.cartTitle} — ${words.name}`, name: 'cart', main });
}

/** For addresses of nothing. */
export function lostPage(context: PageContext): string {
  const { words, to } = context;
  const main = html`<div class="wide text"><h1>${words.lostTitle}</h1><p>${words.lostText}</p>
<p class="actions"><a class="button" href="${to('')}">${words.back}</a><button class="button second" type="button" data-frontdesk-open="chat">${words.writeChat}</button></p></div>`;
  return layout(context, { title: `${words.lostTitle} — ${words.name}`, name: '', main });
}
