import type { Browser } from '@playwright/test';
import { fillChat } from '../../testing/browser/long-chat.ts';
import type { RelayProcess } from '../../testing/browser/relay-process.ts';
import { frontdesk } from '../../testing/browser/shop.ts';
import { openOperator } from '../../testing/clients.ts';
import { LONGEST, measureLengths } from '../long-log.ts';

/** What a chat costs in the widget by its length. */
export async function longChat(
  browser: Browser,
  relay: RelayProcess,
  throttle: number,
): Promise<Record<string, unknown>> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  const target = { ...relay, site: { key: 'demo' } };
  const composer = '.fd-composer textarea';
  let operator = await openOperator(target, relay.owner);
  const openChat = async () => {
    await page.goto(`${relay.url}/demo/en/`);
    await frontdesk(page, 'open', 'chat');
    await page.locator(composer).waitFor();
  };
  await openChat();
  await page.locator(composer).fill('Hello');
  await page.locator(composer).press('Enter');
  await page.locator('.fd-mark-sent, .fd-mark-delivered, .fd-mark-read').first().waitFor();
  operator.session.destroy();
  const conversation = await fillChat(relay, LONGEST);
  operator = await openOperator(target, relay.owner);
  await openChat();
  await page.locator('.fd-message').nth(20).waitFor();
  const found = await measureLengths(page, {
    ...{ title: 'A chat in the widget by its length', throttle },
    places: { scroller: '.fd-body', message: 'fd-message', composer },
    say: (text) => operator.session.command({ type: 'message:send', conversation, text }),
  });
  operator.session.destroy();
  await context.close();
  return { longChat: found };
}
