import type { Browser } from '@playwright/test';
import { openDesk } from '../../testing/browser/desk.ts';
import { fillChat } from '../../testing/browser/long-chat.ts';
import { startRelayProcess } from '../../testing/browser/relay-process.ts';
import { openVisitor } from '../../testing/clients.ts';
import { LONGEST, measureLengths } from '../long-log.ts';

/** What a conversation costs in the console by its length. */
export async function longThread(browser: Browser, throttle: number): Promise<Record<string, unknown>> {
  const relay = await startRelayProcess({});
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const target = { ...relay, site: { key: 'demo' } };
  let visitor = await openVisitor(target);
  try {
    const { chat: conversation, token } = visitor;
    const stored = new Promise((done) => visitor.session.on('verdict', done));
    visitor.session.command({ type: 'message:send', conversation, text: 'Hello' });
    await stored;
    visitor.session.destroy();
    await fillChat(relay, LONGEST);
    visitor = await openVisitor(target, { token });
    const desk = await openDesk(page, relay.url, relay.owner, 'en');
    await desk.view('all');
    await page.locator('.row').first().click();
    await page.locator('.message-row').nth(20).waitFor();
    const found = await measureLengths(page, {
      ...{ title: 'A conversation in the console by its length', throttle },
      places: { scroller: '.thread', message: 'message-row', composer: '.composer textarea' },
      say: (text) => visitor.session.command({ type: 'message:send', conversation, text }),
    });
    return { longThread: found };
  } finally {
    visitor.session.destroy();
    await page.close();
    await relay.remove();
  }
}
