import { chromium, type Page } from '@playwright/test';
import { buildStale } from '../../build.ts';
import { openStore } from '../../store/index.ts';
import { CHROMIUM_ARGS, findChromium } from '../../testing/browser/chromium.ts';
import { openDesk } from '../../testing/browser/desk.ts';
import { type RelayProcess, startRelayProcess } from '../../testing/browser/relay-process.ts';
import { makeVisitor, many, type Target, visitorSocket } from '../relay/clients.ts';
import { seedStore } from '../seed-store.ts';
import { median, percentile, round } from '../statistics.ts';
import { longThread } from './long-thread.ts';

const CONVERSATIONS = 100_000;
const VISITORS = 2_000;
/** The core is slowed so many times for long conversations, as for the widget's. */
const THROTTLE = 4;

/** Fills the relay's own site, while it is down. */
async function fill(relay: RelayProcess): Promise<void> {
  await relay.kill();
  const store = await openStore({ dataDir: relay.dataDir });
  const [site] = await store.read.select().from(store.t.sites);
  const [operator] = await store.read.select().from(store.t.operators);
  await store.close();
  if (site && operator) await seedStore(relay.dataDir, site.id, operator.id, CONVERSATIONS);
  await relay.start();
}

/** Frames a second while the list scrolls by a screen's third each frame, past what is loaded and on. */
const scroll = (page: Page): Promise<{ framesPerSecond: number; worstFrameMs: number; rows: number }> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const list = document.querySelector('.windowed');
        const item = list?.querySelector('.row');
        const frames: number[] = [];
        let last = performance.now();
        const step = (now: number) => {
          frames.push(now - last);
          last = now;
          if (list) list.scrollTop += list.clientHeight / 3;
          if (frames.length < 240) requestAnimationFrame(step);
          else {
            const counted = frames.slice(1);
            resolve({
              framesPerSecond: Math.round(1_000 / (counted.reduce((sum, ms) => sum + ms, 0) / counted.length)),
              worstFrameMs: Math.round(Math.max(...counted)),
              rows: Math.round((list?.scrollHeight ?? 0) / (item?.getBoundingClientRect().height || 1)),
            });
          }
        };
        requestAnimationFrame(step);
      }),
  );

/** Milliseconds from the click on a row of the list to that conversation's messages on the screen. */
const switchTo = (page: Page, row: number): Promise<number> =>
  page.evaluate(
    (at) =>
      new Promise<number>((resolve, reject) => {
        const links = [...document.querySelectorAll<HTMLAnchorElement>('[role=listitem] a, li a')].filter((link) =>
          /\/console\/[^/]+\/[^/]+\/[0-9a-f-]{36}/.test(link.href),
        );
        const link = links[at % links.length];
        const name = link?.querySelector('.row-name')?.textContent ?? 'no name';
        const begun = performance.now();
        link?.click();
        const look = () => {
          const log = document.querySelector('.conversation [role=log]');
          const heading = document.querySelector('.conversation-title h1')?.textContent?.trim() ?? '';
          if (heading === name && (log?.textContent ?? '').length > 100) return resolve(performance.now() - begun);
          if (performance.now() - begun > 5_000)
            return reject(new Error(`row ${at} (${name}) was not shown within 5 s`));
          requestAnimationFrame(look);
        };
        look();
      }),
    row,
  );

/** The console on a grown site: 100,000 conversations, 1,000,000 messages, 2,000 visitors online. */
export async function benchConsole(): Promise<Record<string, unknown>> {
  await buildStale();
  const relay = await startRelayProcess({});
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
  try {
    await fill(relay);
    const target: Target = { port: Number(new URL(relay.url).port), site: 'demo', owner: relay.owner };
    await many(VISITORS, 20, async (n) => visitorSocket(target, await makeVisitor(target, n), {}));
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
    let bytes = 0;
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const begun = performance.now();
    const desk = await openDesk(page, relay.url, relay.owner, 'en');
    const firstLoad = { kb: round(bytes / 1_000, 1), ms: round(performance.now() - begun, 0) };
    await desk.view('all');
    await page.getByRole('listitem').first().waitFor();
    await page.waitForTimeout(1_000);
    const switching: number[] = [];
    for (let row = 0; row < 30; row++) {
      switching.push(await switchTo(page, row));
      await page.waitForTimeout(100);
    }
    const scrolling = await scroll(page);
    await desk.view('on-site');
    await page.waitForTimeout(1_500);
    const onSite = await scroll(page);
    const by = (p: number) => round(percentile(switching.slice(1), p), 0);
    const found = {
      conversations: CONVERSATIONS,
      ...{ firstLoad, scrolling, onSite },
      switchingMs: { median: round(median(switching.slice(1)), 0), p95: by(0.95) },
    };
    console.log('The console with 100,000 conversations, 1,000,000 messages and 2,000 visitors online');
    console.log('(goals: lists at 50 frames a second, switching 100 ms at the median, first load 150 KB)');
    console.dir(found, { depth: 4 });
    return { ...found, ...(await longThread(browser, THROTTLE)) };
  } finally {
    await browser.close();
    await relay.remove();
  }
}
