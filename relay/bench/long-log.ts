import type { CDPSession, Page } from '@playwright/test';
import { median, round } from './statistics.ts';

/** Messages on the screen. */
const LENGTHS = [100, 1_000, 5_000];
/** The longest chat that is measured, and what is said in it meanwhile. */
export const LONGEST = Math.max(...LENGTHS) + 100;
const TIMES = 7;
const FRAMES = 40;

/** Milliseconds of the page's main thread, each time. */
interface Cost {
  key: number;
  message: number;
  frame: number;
}

/** Where a page shows a chat. */
interface LogPlaces {
  /** Selector of what scrolls. */
  scroller: string;
  /** Class of a message. */
  message: string;
  /** Selector of the field that is written into. */
  composer: string;
}

/** Milliseconds that the page's main thread has worked: code, style, layout and paint. */
async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
}

/** Scrolls up until so many messages are loaded. */
async function load(page: Page, { scroller, message }: LogPlaces, messages: number): Promise<void> {
  await page.locator(scroller).evaluate(
    async (body, [name, wanted]) => {
      const shown = body.getElementsByClassName(`${name}`);
      while (shown.length < Number(wanted)) {
        const before = shown.length;
        body.scrollTop = 0;
        for (let tries = 0; shown.length === before && tries < 200; tries++)
          await new Promise((done) => setTimeout(done, 10));
        if (shown.length === before) throw new Error(`No more than ${before} messages came.`);
      }
      body.scrollTop = body.scrollHeight;
    },
    [message, messages],
  );
}

async function measure(
  page: Page,
  session: CDPSession,
  { scroller, message, composer }: LogPlaces,
  say: (text: string) => unknown,
): Promise<Cost> {
  const cost = { key: [] as number[], message: [] as number[], frame: 0 };
  const settled = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))));
  const timed = async (what: () => Promise<unknown>) => {
    await settled();
    const before = await busy(session);
    await what();
    await settled();
    return (await busy(session)) - before;
  };
  const log = page.locator(scroller);
  const count = () => log.evaluate((body, name) => body.getElementsByClassName(name).length, message);
  /** Waits until there are more, by a list that the browser keeps: looking at it costs next to nothing. */
  const grown = (than: number) =>
    log.evaluate(
      (body, [name, before]) =>
        new Promise<void>((done) => {
          const shown = body.getElementsByClassName(`${name}`);
          const look = () => (shown.length > Number(before) ? done() : setTimeout(look, 20));
          look();
        }),
      [message, than],
    );
  const idle = await timed(() => page.evaluate(() => 0));
  await page.locator(composer).focus();
  for (let n = 0; n < TIMES; n++) cost.key.push((await timed(() => page.keyboard.press('a'))) - idle);
  for (let n = 0; n < TIMES; n++) {
    const before = await count();
    cost.message.push((await timed(() => Promise.all([grown(before), say(`Message ${n}`)]))) - idle);
  }
  const scrolled = await timed(() =>
    log.evaluate(
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
  await page.locator(composer).fill('');
  return { key: median(cost.key), message: median(cost.message), frame: cost.frame };
}

/** What a key typed, a message that comes and a scrolled frame cost in a chat of 100, 1,000 and 5,000 messages. */
export async function measureLengths(
  page: Page,
  options: { title: string; throttle: number; places: LogPlaces; say: (text: string) => unknown },
): Promise<Record<string, Cost>> {
  const { title, throttle, places, say } = options;
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  // Pages of the largest size, so that loading takes no longer than what is measured.
  await page.route('**/events?*limit=50', (route) =>
    route.continue({ url: route.request().url().replace('limit=50', 'limit=100') }),
  );
  const found: Record<string, Cost> = {};
  for (const length of LENGTHS) {
    await load(page, places, length);
    await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.waitForTimeout(500);
    found[length] = await measure(page, session, places, say);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  }
  const first = found[LENGTHS[0] ?? 0];
  const rows = Object.entries(found).map(([length, cost]) => [
    `${length} messages`,
    Object.fromEntries(
      (['key', 'message', 'frame'] as const).flatMap((what) => [
        [`${what}, ms`, round(cost[what])],
        [`÷ ${LENGTHS[0]}`.padEnd(6 + what.length), round(cost[what] / (first?.[what] || 1))],
      ]),
    ),
  ]);
  console.log(`${title}, core slowed ${throttle} times: main thread per key typed, message received, frame scrolled`);
  console.table(Object.fromEntries(rows));
  return found;
}
