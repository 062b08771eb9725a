/** The pictures of docs/styling.md: states of the gallery side by side. */
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import sharp from 'sharp';
import { openState, stateNamed } from './gallery.ts';

/** States of each picture, with what of the page is shown. */
const PICTURES: Record<string, string[]> = {
  launcher: ['launcher-label', 'launcher-badge', 'invitation'],
  home: ['home', 'home-known'],
  articles: ['search-results', 'article'],
  form: ['form-errors', 'form-sent'],
  lists: ['messengers-code', 'history'],
  chat: ['chat', 'chat-quote', 'chat-rating'],
};
const [WIDTH, HEIGHT] = [424, 740];
/** The part of the page that a closed widget takes. */
const CORNER = { left: 0, top: HEIGHT - 170, width: WIDTH, height: 170 };

/** Draws them into `folder`. */
export async function stylingPictures(browser: Browser, relay: string, folder: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 900, height: 740 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  for (const [name, states] of Object.entries(PICTURES)) {
    const shots: Buffer[] = [];
    for (const state of states) {
      await openState(page, relay, stateNamed(state));
      const clip = { x: 900 - WIDTH, y: 740 - HEIGHT, width: WIDTH, height: HEIGHT };
      const shot = await page.screenshot({ animations: 'disabled', caret: 'hide', clip });
      shots.push(name === 'launcher' ? await sharp(shot).extract(CORNER).toBuffer() : shot);
    }
    const height = name === 'launcher' ? CORNER.height : HEIGHT;
    await sharp({ create: { width: WIDTH * shots.length, height, channels: 3, background: '#f6f3ee' } })
      .composite(shots.map((input, i) => ({ input, left: WIDTH * i, top: 0 })))
      .png({ palette: true, colours: 64 })
      .toFile(join(folder, `styling-${name}.png`));
  }
  await context.close();
}
