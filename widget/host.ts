import { el } from './base/dom.ts';
import { pageCss } from './page-rules.ts';

/**
 * The widget's place in the page. Inside the shadow root stand copies of `html`, `body` and the host element, with the
 * page's own classes and attributes on them, so that a rule such as `.signed-in .fd-launcher` holds inside as written
 * (`:host-context` is not in Firefox and Safari).
 */
export interface Host {
  /** Where the launcher and the window are put. */
  readonly frame: HTMLElement;
  /** Adds a style sheet; gives back how to change its text. */
  sheet(css: string): (css: string) => void;
  /** Reads the page's style sheets again. */
  refresh(): void;
}

/* What must not be copied from `html` and `body`: it would do something, or say something to assistive technology. */
const NOT_MIRRORED = /^(on.*|aria-.*|style|hidden|inert|role|tabindex|contenteditable|popover|slot|text|class)$/;

function mirror(from: Element, to: Element, more: string): void {
  for (const name of to.getAttributeNames()) if (!from.hasAttribute(name)) to.removeAttribute(name);
  for (const { name, value } of from.attributes) if (!NOT_MIRRORED.test(name)) to.setAttribute(name, value);
  to.className = from.className + more;
}

/** Puts the host at the end of `body` and keeps it there, whatever a framework does to its siblings, until `over`. */
export function createHost(over: AbortSignal): Host {
  const frame = el('frontdesk-widget' as 'div', 'fd');
  const body = el('body', '', frame);
  const html = el('html', '', body);
  const host = el('frontdesk-widget' as 'div', 'fd');
  const root = host.attachShadow({ mode: 'open' });
  const ours: CSSStyleSheet[] = [];
  const adopt = (css: string) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    ours.push(sheet);
    root.adoptedStyleSheets = [...ours.slice(1), ours[0] as CSSStyleSheet];
    return (next: string) => sheet.replaceSync(next);
  };
  const fromPage = adopt('');
  let taken = '';
  let timer = 0;
  root.append(html);

  const refresh = () => {
    const css = pageCss();
    if (css !== taken) fromPage(css);
    taken = css;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(refresh, 60);
  };
  const place = () => {
    if (document.body && host.parentNode !== document.body) {
      document.body.append(host);
      attributes.observe(document.body, { attributes: true });
      reflect();
    }
  };
  const reflect = () => {
    mirror(document.documentElement, html, ' fd-root');
    mirror(document.body, body, '');
  };
  const attributes = new MutationObserver(reflect);
  const tree = new MutationObserver((records) => {
    place();
    for (const { target, addedNodes, removedNodes } of records)
      if ([target, target.parentNode, ...addedNodes, ...removedNodes].some(isSheet)) soon();
  });
  attributes.observe(document.documentElement, { attributes: true });
  tree.observe(document, { childList: true, subtree: true, characterData: true });
  document.addEventListener('load', ({ target }) => isSheet(target as Node) && soon(), { capture: true, signal: over });
  over.addEventListener('abort', () => {
    clearTimeout(timer);
    attributes.disconnect();
    tree.disconnect();
    host.remove();
  });
  place();
  refresh();
  return { frame, sheet: adopt, refresh };
}

const isSheet = (node: Node | null) => /^(STYLE|LINK)$/.test(node?.nodeName ?? '');
