import { type Browser, chromium, type Page } from '@playwright/test';
import { buildStale } from '../../build.ts';
import { CHROMIUM_ARGS, findChromium } from '../../testing/browser/chromium.ts';
import { startRelayProcess } from '../../testing/browser/relay-process.ts';
import { median, percentile, round } from '../statistics.ts';
import { longChat } from './long-chat.ts';

const RUNS = 20;
/** Times slower than this machine's core. */
const THROTTLE = 4;
/** After `load`: the widget's idle parts are in by then. */
const SETTLE_MS = 3_000;

/** What a page load felt like; milliseconds but for the shift. */
interface Felt {
  blocking: number;
  largestPaint: number;
  shift: number;
  load: number;
  /** null on the page without the widget. */
  launcher: number | null;
}

/** Collects the browser's own figures from the first moment on; no widget code is touched. */
const observe = () => {
  const felt = { blocking: 0, largestPaint: 0, shift: 0, launcher: null as number | null };
  Object.assign(window, { felt });
  type Entry = PerformanceEntry & { value?: number; hadRecentInput?: boolean };
  const on = (type: string, take: (entry: Entry) => void) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry as Entry);
    }).observe({ type, buffered: true });
  on('longtask', ({ duration }) => {
    felt.blocking += Math.max(0, duration - 50);
  });
  on('largest-contentful-paint', ({ startTime }) => {
    felt.largestPaint = startTime;
  });
  on('layout-shift', ({ value = 0, hadRecentInput }) => {
    if (!hadRecentInput) felt.shift += value;
  });
  const look = () => {
    const button = document.querySelector('frontdesk-widget')?.shadowRoot?.querySelector('.fd-launcher');
    if (button && button.getBoundingClientRect().width > 0) felt.launcher = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};

async function visit(browser: Browser, url: string, withWidget: boolean): Promise<Felt> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  if (!withWidget)
    await page.route('**/demo/**', async (route) => {
      const answer = await route.fetch();
      if (!(answer.headers()['content-type'] ?? '').includes('html')) return route.fulfill({ response: answer });
      const html = (await answer.text()).replace(/<script[^>]*widget\.js[^>]*><\/script>/, '');
      return route.fulfill({ response: answer, body: html });
    });
  else await page.route('**/demo/**', async (route) => route.fulfill({ response: await route.fetch() }));
  await page.addInitScript(observe);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(SETTLE_MS);
  const felt = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return { ...(window as unknown as { felt: Omit<Felt, 'load'> }).felt, load: navigation?.loadEventStart ?? 0 };
  });
  await context.close();
  return felt;
}

/** Milliseconds from the click on the launcher to the first channel on the screen, everything cached, not throttled. */
async function timeToOpen(browser: Browser, url: string): Promise<number[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await page.goto(url, { waitUntil: 'load' });
    await page.locator('.fd-launcher').waitFor();
    await page.waitForTimeout(500);
    times.push(await openPanel(page));
    // The next page load opens on the home screen with the window shut.
    await page.evaluate(() => (window as unknown as { Frontdesk(verb: string): Promise<void> }).Frontdesk('close'));
  }
  await context.close();
  // The first one fills the cache.
  return times.slice(1);
}

const openPanel = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const root = document.querySelector('frontdesk-widget')?.shadowRoot;
        const begun = performance.now();
        const look = () => {
          const channel = root?.querySelector('.fd-channel');
          if (channel && channel.getBoundingClientRect().width > 0) resolve(performance.now() - begun);
          else requestAnimationFrame(look);
        };
        root?.querySelector<HTMLElement>('.fd-launcher')?.click();
        look();
      }),
  );

/** The same page with and without the widget, interleaved, in Chromium with a slowed core. */
export async function benchPage(): Promise<Record<string, unknown>> {
  await buildStale();
  const relay = await startRelayProcess({});
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
  try {
    const url = `${relay.url}/demo/`;
    const runs: Record<'without' | 'with', Felt[]> = { without: [], with: [] };
    await visit(browser, url, true);
    for (let run = 0; run < RUNS; run++) {
      runs.without.push(await visit(browser, url, false));
      runs.with.push(await visit(browser, url, true));
    }
    const middle = (which: 'with' | 'without', what: keyof Felt) =>
      round(median(runs[which].map((felt) => felt[what] ?? 0)));
    const row = (what: keyof Felt) => {
      const [without, withIt] = [middle('without', what), middle('with', what)];
      return { without, with: withIt, difference: round(withIt - without) };
    };
    const opened = await timeToOpen(browser, url);
    const table = {
      'total blocking time, ms (goal: + 10)': row('blocking'),
      'largest contentful paint, ms (goal: + 20)': row('largestPaint'),
      'layout shift (goal: 0)': row('shift'),
      'load event, ms': row('load'),
    };
    console.log(`The demo shop with and without the widget, ${RUNS} runs each, core slowed ${THROTTLE} times; medians`);
    console.table(table);
    const launcher = { medianMs: middle('with', 'launcher') };
    const opening = { medianMs: round(median(opened), 0), p95Ms: round(percentile(opened, 0.95), 0) };
    console.log(`Launcher on the screen ${launcher.medianMs} ms after the navigation began;`);
    console.log(`open to usable, cached: ${opening.medianMs} ms at the median, ${opening.p95Ms} ms at p95 (goal 150).`);
    const chat = await longChat(browser, relay, THROTTLE);
    return { table, launcher, opening, runs, ...chat };
  } finally {
    await browser.close();
    await relay.remove();
  }
}
