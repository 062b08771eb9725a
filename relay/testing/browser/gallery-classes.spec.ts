import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATES } from '../../../widget/gallery/states.ts';
import { expect, test } from './fixtures.ts';
import { openState } from './gallery.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/styling.md'), 'utf8');
/** Classes of the list; one that ends with `…` stands for all that begin so. */
const listed = new Set(page.match(/(?<=`)fd-[\w…-]+(?=`)/g));
const known = (name: string) =>
  listed.has(name) || [...listed].some((one) => one.endsWith('-…') && name.startsWith(one.slice(0, -1)));

test('[W5] every element that shows has a class of docs/styling.md, in every state of the gallery', async ({
  browser,
  relay,
}) => {
  test.setTimeout(180_000);
  const context = await browser.newContext({ viewport: { width: 900, height: 760 }, reducedMotion: 'reduce' });
  const tab = await context.newPage();
  const nameless = new Map<string, string>();
  const unlisted = new Map<string, string>();
  for (const state of STATES) {
    await openState(tab, relay.url, state);
    const found = await tab.evaluate(() => {
      const root = document.querySelector('frontdesk-widget')?.shadowRoot;
      const shown = [...(root?.querySelectorAll('.fd *') ?? [])].filter(
        (node) =>
          !node.closest('.fd-icon *, .fd-qr svg *') &&
          // What an article holds is its author's, and the window has only two places of its own in it.
          !node.closest('.fd-article > :not(.fd-vote)') &&
          node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
          node.localName !== 'option',
      );
      const pathOf = (node: Element) =>
        `${node.parentElement?.className || node.parentElement?.localName} > ${node.localName}`;
      return {
        nameless: shown.filter((node) => !/(^|\s)fd-/.test(node.getAttribute('class') ?? '')).map(pathOf),
        classes: shown.flatMap((node) => [...node.classList]),
      };
    });
    for (const path of found.nameless) nameless.set(path, state.name);
    for (const name of found.classes) if (!known(name)) unlisted.set(name, state.name);
  }
  await context.close();
  expect(Object.fromEntries(nameless)).toEqual({});
  expect(Object.fromEntries(unlisted)).toEqual({});
});
