import fc from 'fast-check';
import { expect, test } from './fixtures.ts';
import { openState, stateNamed } from './gallery.ts';

/** Any accent that a screen can show. */
const accent = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);
/** The hard ones: between black and white text, and at the ends. */
const KNOWN = ['#000', '#fff', '#767676', '#777', '#00ff00', '#ffff00', '#0000ff', '#ff0000', '#2a7160', '#757575'];

for (const mode of ['light', 'dark'] as const)
  test(`[W5] text on any accent, and any accent as text, is read at 4.5 : 1 as Chromium computes it (${mode})`, async ({
    page,
    relay,
  }) => {
    await openState(page, relay.url, stateNamed('home'), { mode });
    const colours = [...KNOWN, ...fc.sample(accent, 1_000)];
    const poor = await page.evaluate((all) => {
      const root = document.querySelector('frontdesk-widget')?.shadowRoot;
      const frame = root?.querySelector('.fd');
      if (!root || !frame) throw new Error('There is no widget.');
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '.probe-on{color:var(--oa);background:var(--a)}.probe-text{color:var(--at);background:var(--s)}.probe-soft{color:var(--at);background:var(--s1)}',
      );
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      const probes = ['on', 'text', 'soft'].map((name) => {
        const probe = document.createElement('p');
        probe.className = `probe-${name}`;
        frame.append(probe);
        return probe;
      });
      const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      if (!canvas) throw new Error('There is no canvas.');
      // As it is painted, in eight bits.
      const luminance = (colour: string) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
          const share = part / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      return all.flatMap((colour) => {
        document.documentElement.style.setProperty('--fd-accent', colour);
        return probes.flatMap((probe) => {
          const { color, backgroundColor } = getComputedStyle(probe);
          const [a, b] = [luminance(color), luminance(backgroundColor)];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          return ratio < 4.5 ? [`${colour} ${probe.className} ${ratio.toFixed(2)}`] : [];
        });
      });
    }, colours);
    expect(poor).toEqual([]);
  });
