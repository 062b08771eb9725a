/** `:root` in a selector means the page's own; inside the shadow root its mirror answers to a class. */
const rooted = (selector: string) => selector.replaceAll(':root', '.fd-root');

/** The parts of a selector list that name an `fd` class. */
export function ownSelectors(list: string): string {
  // Pages have thousands of rules, and next to none names us.
  if (!list.includes('.fd')) return '';
  const own: string[] = [];
  let part = '';
  let depth = 0;
  for (const sign of `${list},`)
    if (sign === ',' && !depth) {
      if (/\.fd(?!\w)/.test(part)) own.push(part);
      part = '';
    } else {
      part += sign;
      if (/[([]/.test(sign)) depth++;
      if (/[)\]]/.test(sign)) depth--;
    }
  return rooted(own.join());
}

/** Makes relative `url()` absolute by the address of its sheet. */
export function absoluteUrls(css: string, base: string): string {
  return css.replace(/url\((["']?)(.+?)\1\)/g, (_all, _quote, url) => `url("${new URL(url, base)}")`);
}

/** A rule or a sheet as the CSSOM shows it, as far as it is read here. */
export interface Rule {
  cssText?: string;
  cssRules?: Iterable<Rule>;
  selectorText?: string;
  style?: { cssText: string };
  styleSheet?: Rule | null;
  href?: string | null;
  media?: { mediaText: string };
  disabled?: boolean;
}

/** The CSS of those of `rules` that name an `fd` class, within their conditions and layers, in their order. */
export function takeRules(rules: Iterable<Rule>, base: string): string {
  let css = '';
  for (const rule of rules)
    try {
      const { cssText = '', selectorText = '', style, media, disabled } = rule;
      const sheet = rule.styleSheet ?? rule;
      const kids = sheet.cssRules ? [...sheet.cssRules] : [];
      const own = ownSelectors(selectorText);
      const inner = disabled
        ? ''
        : own
          ? absoluteUrls(`${style?.cssText};${kids.map((kid) => kid.cssText).join('')}`, base)
          : takeRules(kids, sheet.href ?? base);
      const head =
        own ||
        rooted(selectorText) ||
        (media ? media.mediaText && `@media ${media.mediaText}` : cssText.slice(0, cssText.indexOf('{')));
      if (inner) css += head ? `${head}{${inner}}` : inner;
      // The order of layers stands by itself.
      else if (!kids[0] && cssText.slice(0, 2) === '@l') css += cssText;
    } catch {
      // A sheet of another origin cannot be read; what it says about the widget stays outside.
    }
  return css;
}

/** What the page's style sheets say about the widget's classes. */
export const pageCss = (): string =>
  takeRules([...document.styleSheets, ...document.adoptedStyleSheets] as unknown as Rule[], document.baseURI);
