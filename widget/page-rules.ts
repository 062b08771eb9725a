const OWN = /\.fd(?!\w)/;

/** `:root` in a selector means the page's own; inside the shadow root its mirror answers to a class. */
const rooted = (selector: string) => selector.replaceAll(':root', '.fd-root');

/** The parts of a selector list that name an `fd` class. */
export function ownSelectors(list: string): string {
  const own: string[] = [];
  let part = '';
  let depth = 0;
  for (const sign of `${list},`) {
    if (sign === ',' && !depth) {
      if (OWN.test(part)) own.push(part);
      part = '';
      continue;
    }
    part += sign;
    if (/[([]/.test(sign)) depth++;
    if (/[)\]]/.test(sign)) depth--;
  }
  return rooted(own.join());
}

/** Makes relative `url()` absolute by the address of its sheet. */
export function absoluteUrls(css: string, base: string): string {
  return css.replace(/url\((["']?)(?!data:|#)(.+?)\1\)/g, (_all, _quote, url) => `url("${new URL(url, base)}")`);
}

/** A rule or a sheet as the CSSOM shows it, as far as it is read here. */
interface Rule {
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
  for (const { cssText = '', cssRules, selectorText, style, styleSheet, media } of rules) {
    const around = (head: string, inner: string) => {
      if (inner) css += head ? `${head}{${inner}}` : inner;
    };
    try {
      if (styleSheet) {
        if (!styleSheet.disabled)
          around(
            media?.mediaText ? `@media ${media.mediaText}` : '',
            takeRules(styleSheet.cssRules ?? [], styleSheet.href ?? base),
          );
      } else {
        const inner = [...(cssRules ?? [])];
        const own = ownSelectors(selectorText ?? '');
        if (own) around(own, absoluteUrls(`${style?.cssText};${inner.map((one) => one.cssText).join('')}`, base));
        else around(rooted(selectorText ?? cssText.slice(0, cssText.indexOf('{'))), takeRules(inner, base));
      }
    } catch {
      // A sheet of another origin cannot be read; what it says about the widget stays outside.
    }
  }
  return css;
}

/** What the page's style sheets say about the widget's classes. */
export function pageCss(): string {
  return takeRules(
    [...document.styleSheets, ...document.adoptedStyleSheets].map((styleSheet) => ({
      styleSheet: styleSheet as unknown as Rule,
      media: styleSheet.media,
    })),
    document.baseURI,
  );
}
