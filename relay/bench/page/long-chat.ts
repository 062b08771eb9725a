import type { Browser, CDPSession, Page } from '@playwright/test';
import { fillChat } from '../../testing/browser/long-chat.ts';
import type { RelayProcess } from '../../testing/browser/relay-process.ts';
import { openOperator } from '../../testing/clients.ts';
import { median, round } from '../statistics.ts';

/** Messages on the screen. */
const LENGTHS = [100, 1_000, 5_000];
const TIMES = 7;
const FRAMES = 40;

/** Milliseconds of the page's main thread, each time. */
interface Cost {
  key: number;
  message: number;
  frame: number;
}

/** Milliseconds that the page's main thread has worked: code, style, layout and paint. */
async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
}

/** Scrolls up until so many messages are loaded. */
async function load(page: Page, messages: number): Promise<void> {
  // Pages of the largest size, so that loading takes no longer than what is measured.
  await page.locator('.fd-body').evaluate(async (body, wanted) => {
    const count = () => body.querySelectorAll('.fd-message').length;
    while (count() < wanted) {
      const before = count();
      body.scrollTop = 0;
      for (let tries = 0; count() === before && tries < 200; tries++) await new Promise((done) => setTimeout(done, 10));
      if (count() === before) throw new Error(`No more than ${before} messages came.`);
    }
    body.scrollTop = body.scrollHeight;
  }, messages);
}

/** Waits until more than so many messages are on the screen, by what costs next to nothing. */
const grown = (page: Page, than: number): Promise<void> =>
  page.locator('.fd-messages').evaluate(
    (list, before) =>
      new Promise<void>((done) => {
        const look = () => (list.childElementCount > before ? done() : setTimeout(look, 20));
        look();
      }),
    than,
  );

async function measure(page: Page, session: CDPSession, say: (text: string) => unknown): Promise<Cost> {
  const cost = { key: [] as number[], message: [] as number[], frame: 0 };
  const settled = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))));
  const timed = async (what: () => Promise<unknown>) => {
    await settled();
    const before = await busy(session);
    await what();
    await settled();
    return (await busy(session)) - before;
  };
  const idle = await timed(() => page.evaluate(() => 0));
  await page.locator('.fd-composer textarea').focus();
  for (let n = 0; n < TIMES; n++) cost.key.push((await timed(() => page.keyboard.press('a'))) - idle);
  for (let n = 0; n < TIMES; n++) {
    const before = await page.locator('.fd-messages').evaluate((list) => list.childElementCount);
    cost.message.push((await timed(() => Promise.all([grown(page, before), say(`Message ${n}`)]))) - idle);
  }
  const scrolled = await timed(() =>
    page.locator('.fd-body').evaluate(
      (body, frames) =>
        new Promise<void>((done) => {
          let left = frames;
          const step = () => {
            body.scrollTop -= 40;
            if (left--) requestAnimationFrame(step);
            else done();
          };
          step();
        }),
      FRAMES,
    ),
  );
  cost.frame = scrolled / FRAMES;
  await page.locator('.fd-composer textarea').fill('');
  return { key: median(cost.key), message: median(cost.message), frame: cost.frame };
}

/** What a key typed, a message that comes and a scrolled frame cost in a chat of 100, 1,000 and 5,000 messages. */
export async function longChat(
  browser: Browser,
  relay: RelayProcess,
  throttle: number,
): Promise<Record<string, unknown>> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  // Pages of the largest size, so that loading takes no longer than what is measured.
  await page.route('**/events?*limit=50', (route) =>
    route.continue({ url: route.request().url().replace('limit=50', 'limit=100') }),
  );
  const target = { ...relay, site: { key: 'demo' } };
  let operator = await openOperator(target, relay.owner);
  const openChat = async () => {
    await page.goto(`${relay.url}/demo/en/`);
    await page.evaluate(() =>
      (window as unknown as { Frontdesk(...call: string[]): unknown }).Frontdesk('open', 'chat'),
    );
    await page.locator('.fd-composer textarea').waitFor();
  };
  await openChat();
  await page.locator('.fd-composer textarea').fill('Hello');
  await page.locator('.fd-composer textarea').press('Enter');
  await page.locator('.fd-mark-sent, .fd-mark-delivered, .fd-mark-read').first().waitFor();
  operator.session.destroy();
  const conversation = await fillChat(relay, Math.max(...LENGTHS) + 100);
  operator = await openOperator(target, relay.owner);
  await openChat();
  await page.locator('.fd-message').nth(20).waitFor();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const found: Record<string, Cost> = {};
  for (const length of LENGTHS) {
    await load(page, length);
    await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.waitForTimeout(500);
    found[length] = await measure(page, session, (text) =>
      operator.session.command({ type: 'message:send', conversation, text }),
    );
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  }
  operator.session.destroy();
  await context.close();
  const first = found[LENGTHS[0] ?? 0];
  const rows = Object.fromEntries(
    Object.entries(found).map(([length, cost]) => [
      `${length} messages`,
      Object.fromEntries(
        (['key', 'message', 'frame'] as const).flatMap((what) => [
          [`${what}, ms`, round(cost[what])],
          [`÷ ${LENGTHS[0]}`.padEnd(6 + what.length), round(cost[what] / (first?.[what] || 1))],
        ]),
      ),
    ]),
  );
  console.log(
    `A chat by its length, core slowed ${throttle} times: main thread per key typed, message received, frame scrolled`,
  );
  console.table(rows);
  return { longChat: found };
}
