import type { Page } from '@playwright/test';
import { STATES } from '../../../widget/gallery/states.ts';
import { expect, test } from './fixtures.ts';
import { openState } from './gallery.ts';
import { frontdesk } from './shop.ts';

/** `npm run test:long` turns every state round; `npm test` every third. */
const EVERY = process.env.GALLERY === 'all' ? 1 : 3;

/** A line whose words are ordered otherwise may be a little longer or shorter. */
const SLACK_PX = 3;

interface Box {
  name: string;
  left: number;
  right: number;
}

/** The window's boxes, measured from the edges where reading begins and where it ends. */
const boxes = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector('frontdesk-widget')?.shadowRoot as ShadowRoot;
    const frame = root.querySelector('.fd-window') as HTMLElement;
    const edge = frame.getBoundingClientRect();
    const found: { name: string; left: number; right: number }[] = [];
    for (const node of frame.querySelectorAll<HTMLElement>('[class*="fd-"]')) {
      const style = getComputedStyle(node);
      const { left, right, width, height } = node.getBoundingClientRect();
      // Words within a line are the text's own to order; what is cut out for screen readers stands nowhere.
      if (style.display === 'inline' || style.visibility === 'hidden' || width * height < 20) continue;
      if (node.closest('svg svg, .fd-unseen, [dir]:not(html):not(body)')) continue;
      found.push({ name: `${node.getAttribute('class')}`, left: left - edge.left, right: edge.right - right });
    }
    return found;
  });

/** The boxes when nothing moves any more: what is loaded late has come. */
async function settled(page: Page): Promise<Box[]> {
  await page.waitForLoadState('networkidle');
  let last = '';
  let found: Box[] = [];
  await expect(async () => {
    found = await boxes(page);
    const now = JSON.stringify(found);
    const same = now === last;
    last = now;
    expect(same).toBe(true);
  }).toPass({ intervals: [50, 100] });
  return found;
}

test('[W8] right to left, every box stands where its mirror image says', async ({ browser, relay }) => {
  test.setTimeout(EVERY === 1 ? 300_000 : 90_000);
  const context = await browser.newContext({ viewport: { width: 900, height: 760 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const wrong: string[] = [];
  for (const [i, state] of STATES.entries()) {
    if (i % EVERY) continue;
    await openState(page, relay.url, state);
    if (!(await page.locator('.fd-window').isVisible())) continue;
    const there = await settled(page);
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    await frontdesk(page, 'refreshStyles');
    await expect(page.locator('frontdesk-widget html[dir="rtl"]')).toHaveCount(1);
    const back = await settled(page);
    expect(back.length, state.name).toBe(there.length);
    for (const [at, one] of there.entries()) {
      const other = back[at] as Box;
      if (Math.max(Math.abs(one.left - other.right), Math.abs(one.right - other.left)) > SLACK_PX)
        wrong.push(
          `${state.name}: ${one.name} ${one.left.toFixed()}|${one.right.toFixed()} became ${other.left.toFixed()}|${other.right.toFixed()}`,
        );
    }
  }
  await context.close();
  expect(wrong).toEqual([]);
});
