import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import Database from 'better-sqlite3';
import { build } from 'vite';
import { SQLITE_FILE } from '../../store/sqlite.ts';
import { askSession } from '../clients.ts';
import { seeded } from '../seeded.ts';
import type { KilledTabsPage } from './killed-tabs-page.ts';
import { startRelayProcess } from './relay-process.ts';

/** 25 in `npm test`, 500 by `npm run test:long`. */
const POINTS = Number(process.env.KILLED_TABS ?? 25);
/** What a tab says before it would be done; it seldom comes so far. */
const SAYS = 12;

async function script(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ...{ write: false, minify: false, target: 'es2022' },
      lib: { entry: join(import.meta.dirname, 'killed-tabs-page.ts'), formats: ['es'], fileName: 'killed-tabs-page' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('The page’s script was not built.');
  return chunk.code;
}

const call = <K extends keyof KilledTabsPage>(page: Page, name: K, ...values: Parameters<KilledTabsPage[K]>) =>
  page.evaluate(
    ([key, given]) =>
      (globalThis as unknown as { lab: Record<string, (...all: unknown[]) => unknown> }).lab[key as string]?.(
        ...(given as unknown[]),
      ),
    [name, values] as const,
  );

/** Kills the process that draws a page, as the system does when memory is short. */
async function killTab(context: BrowserContext, page: Page): Promise<void> {
  const crashed = new Promise((resolve) => page.once('crash', resolve));
  const devtools = await context.newCDPSession(page);
  devtools.send('Page.crash').catch(() => {});
  await crashed;
  await page.close();
}

test(`[OB2] [OB4] [OB5] a tab killed at ${POINTS} random points with another one open: what was kept is stored once, in order`, async ({
  browser,
}) => {
  test.setTimeout(60_000 + POINTS * 1_500);
  const relay = await startRelayProcess();
  const random = seeded(20_261_122);
  const target = { url: relay.url, site: { key: 'demo' } };
  const token = (await askSession(target)).token ?? '';
  const code = await script();
  const context = await browser.newContext({ bypassCSP: true });
  const kept: string[] = [];
  await context.exposeBinding('kept', (_source, text: string) => void kept.push(text));
  const tab = async () => {
    const page = await context.newPage();
    // A page that the relay really served: to one that was made up, sockets to this machine are refused.
    await page.goto(`${relay.url}/healthz`);
    await page.addScriptTag({ content: code, type: 'module' });
    await page.waitForFunction(() => 'lab' in globalThis);
    await call(page, 'open', token);
    return page;
  };

  let other = await tab();
  for (let point = 0; point < POINTS; point++) {
    const page = await tab();
    const saying = call(page, 'say', `tab ${point}`, SAYS).catch(() => {});
    // The other tab writes too, now and then; and it is the one that is killed, now and then.
    if (random() < 0.3) call(other, 'say', `other ${point}`, 2).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, random() * 40));
    const dies = random() < 0.7 ? page : other;
    await killTab(context, dies);
    await saying;
    if (dies === page) continue;
    other = page;
  }
  const last = await tab();
  for (const page of [last, other]) await expect.poll(() => call(page, 'pending'), { timeout: 30_000 }).toBe(0);
  await context.close();
  await relay.kill();

  const db = new Database(join(relay.dataDir, SQLITE_FILE), { readonly: true });
  const rows = db.prepare("select body from events where type = 'message' order by seq").all() as { body: string }[];
  db.close();
  await relay.remove();
  const texts = rows.map(({ body }) => (JSON.parse(body) as { text: string }).text);
  expect(new Set(texts).size).toBe(texts.length);
  expect(kept.filter((text) => !texts.includes(text))).toEqual([]);
  // Each page's own words stand in the order it said them; the word it died at may be there or not.
  for (const name of new Set(texts.map((text) => text.split('.')[0]))) {
    const said = texts.filter((text) => text.startsWith(`${name}.`));
    expect(said).toEqual(said.map((_, i) => `${name}.${i}`));
  }
  expect(kept.length).toBeGreaterThan(POINTS);
});
