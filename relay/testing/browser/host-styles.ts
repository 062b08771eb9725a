import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Style sheets of pages that widgets break on: they style bare elements, reset them, or change the root's font size. */
export const HOST_STYLES = {
  pico: import.meta.resolve('@picocss/pico/css/pico.min.css'),
  water: import.meta.resolve('water.css/out/water.css'),
  mvp: import.meta.resolve('mvp.css/mvp.css'),
  simple: import.meta.resolve('simpledotcss/simple.css'),
  bootstrap: import.meta.resolve('bootstrap/dist/css/bootstrap.css'),
  bulma: import.meta.resolve('bulma/css/bulma.css'),
  foundation: import.meta.resolve('foundation-sites/dist/css/foundation.css'),
  materialize: import.meta.resolve('materialize-css/dist/css/materialize.css'),
  milligram: import.meta.resolve('milligram/dist/milligram.css'),
  normalize: import.meta.resolve('normalize.css/normalize.css'),
  unocss: import.meta.resolve('@unocss/reset/tailwind.css'),
  /** What some shops really do, gathered in one sheet. */
  hostile: '',
} as const;

export type HostStyle = keyof typeof HOST_STYLES;

const HOSTILE = `
  * { box-sizing: content-box !important; letter-spacing: 3px !important; transition: all 3s !important; }
  button, input, a, textarea, select { all: unset !important; }
  div, section, span, p, li { display: inline !important; font: italic 30px cursive !important; color: red !important; }
  html { writing-mode: vertical-rl; text-align: justify; line-height: 3; cursor: crosshair; visibility: visible; }
  body > * { display: none !important; position: static !important; opacity: .2 !important; z-index: 1 !important; transform: rotate(3deg) !important; }
  body > #cover { display: block !important; position: fixed !important; opacity: 1 !important; transform: none !important; }`;

/** The text of a sheet. */
export const hostStyle = (name: HostStyle): string =>
  name === 'hostile' ? HOSTILE : readFileSync(fileURLToPath(HOST_STYLES[name]), 'utf8').replace(/<\/style/gi, '');
