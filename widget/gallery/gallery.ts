/**
 * The gallery: the real widget, in the state that the page's address names, on answers made for it. It is served beside the
 * demo shop and is no part of `widget.js`. `#screen=NAME&mode=dark&locale=ru&dir=rtl` says what shows; `bare` leaves the
 * list away, and `data-gallery="ready"` on the root says that the state is reached.
 */
import { wipe } from '../storage.ts';
import { answersIn } from './answers.ts';
import { hands } from './hands.ts';
import { drawIndex } from './list.ts';
import { mirrorWords } from './mirrored.ts';
import { scenesOf } from './scenes.ts';
import { STATES } from './states.ts';
import { playRelay } from './transport.ts';

const root = document.documentElement;
const chosen = new URLSearchParams(location.hash.slice(1));
const state = STATES.find(({ name }) => name === chosen.get('screen')) ?? STATES[0];
const mode = chosen.get('mode') === 'dark' ? 'dark' : 'light';
const rtl = chosen.get('dir') === 'rtl';
const locale = chosen.get('locale') === 'ru' && !rtl ? 'ru' : 'en';

async function show(name: string, shows: readonly string[]): Promise<void> {
  const answers = answersIn(locale, Date.now());
  answers.site.mode = mode;
  const scene = scenesOf(answers)[name];
  if (!scene) throw new Error(`The gallery has no scene for ${name}.`);
  playRelay(answers, scene);
  const queue: unknown[] = [];
  const frontdesk = (...call: unknown[]) =>
    new Promise((done, failed) => {
      queue.push([call, done, failed]);
    });
  Object.assign(globalThis, { Frontdesk: Object.assign(frontdesk, { q: queue }) });
  frontdesk('init', scene.consent ? { consent: scene.consent } : {});
  if (scene.open) frontdesk('open', scene.open, { still: true });
  await hands.see(scene.open ? '.fd-window.fd-is-open' : '.fd-launcher');
  const widget = document.querySelector('frontdesk-widget')?.shadowRoot;
  if (rtl && widget) mirrorWords(widget);
  await scene.act?.(hands);
  for (const selector of shows) await hands.see(selector);
  root.dataset.gallery = 'ready';
}

root.lang = locale;
root.dir = rtl ? 'rtl' : 'ltr';
root.dataset.mode = mode;
addEventListener('hashchange', () => location.reload());
// Every state begins on a device that knows nothing.
wipe({ relay: location.origin, site: 'gallery' });
if (state) {
  if (!chosen.has('bare')) document.addEventListener('DOMContentLoaded', () => drawIndex(state.name, chosen));
  show(state.name, state.shows);
}
