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
  /** Puts the host at the end of `body` when it is not in it, and takes over classes and style sheets of the page. */
  refresh(): void;
}

/* Only what can do nothing by itself; `onload` on a copy of `body` would run. */
const MIRRORED = /^(class|id|lang|dir|theme|data-.+)$/;

function mirror(from: Element, to: Element): void {
  for (const name of to.getAttributeNames()) to.removeAttribute(name);
  for (const { name, value } of from.attributes) if (MIRRORED.test(name)) to.setAttribute(name, value);
}

/** Makes the host and puts it into the page until `over`. */
export function createHost(over: AbortSignal): Host {
  const frame = el('frontdesk-widget' as 'div', 'fd');
  const body = el('body', '', frame);
  const html = el('html', '', body);
  const host = el('frontdesk-widget' as 'div', 'fd');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = (css: string) => {
    const made = new CSSStyleSheet();
    // The first one, which holds the page's rules, stays the last, after ours.
    root.adoptedStyleSheets.splice(-1, 0, made);
    made.replaceSync(css);
    return (next: string) => made.replaceSync(next);
  };
  const fromPage = sheet('');
  const refresh = () => {
    if (host.parentNode !== document.body) document.body.append(host);
    mirror(document.documentElement, html);
    html.classList.add('fd-root');
    mirror(document.body, body);
    fromPage(pageCss());
  };
  root.append(html);
  refresh();
  over.addEventListener('abort', () => host.remove());
  return { frame, sheet, refresh };
}
