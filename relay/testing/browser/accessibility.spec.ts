import AxeBuilder from '@axe-core/playwright';
import type { BrowserContextOptions } from '@playwright/test';
import { STATES } from '../../../widget/gallery/states.ts';
import { expect, test } from './fixtures.ts';
import { type GalleryLook, openState } from './gallery.ts';

/** `npm run test:long` looks at every state in every way; `npm test` at each state in one, by turns. */
const ALL = process.env.GALLERY === 'all';

interface Way {
  name: string;
  look: GalleryLook;
  device?: BrowserContextOptions;
}
const DESKTOP = { width: 900, height: 760 };
const WAYS: Way[] = [
  { name: 'light', look: {} },
  { name: 'dark', look: { mode: 'dark', locale: 'ru' } },
  { name: 'forced colours', look: {}, device: { forcedColors: 'active' } },
  { name: 'right to left', look: { dir: 'rtl' } },
  // What a zoom of 200 % makes of a window of 900 × 760.
  { name: '200 %', look: { locale: 'ru' }, device: { viewport: { width: 450, height: 380 }, deviceScaleFactor: 2 } },
];

for (const [turn, { name, look, device }] of WAYS.entries())
  test(`[W9] axe finds nothing in the gallery’s states: ${name}`, async ({ browser, relay }) => {
    test.setTimeout(ALL ? 300_000 : 90_000);
    const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce', ...device });
    const page = await context.newPage();
    const findings: string[] = [];
    for (const [i, state] of STATES.entries()) {
      if (!ALL && i % WAYS.length !== turn) continue;
      // Under 480 px codes for another phone are left out.
      if (name === '200 %' && state.name === 'messengers-code') continue;
      await openState(page, relay.url, state, look);
      const { violations } = await new AxeBuilder({ page }).include('frontdesk-widget').analyze();
      for (const { id, nodes } of violations)
        findings.push(`${state.name}: ${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ''}`)}`);
    }
    await context.close();
    expect(findings).toEqual([]);
  });
