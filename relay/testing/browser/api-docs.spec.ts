import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENTS } from '../../../widget/events.ts';
import type { SiteKey } from '../device.ts';
import { expect, test } from './fixtures.ts';
import { frontdesk, shopOn } from './shop.ts';

const root = join(import.meta.dirname, '../../..');
const doc = readFileSync(join(root, 'docs/api.md'), 'utf8');
/** The documented examples, by the words that only one of them has. */
const example = (words: string): string => {
  const found = [...doc.matchAll(/```\w+\n([\s\S]*?)```/g)]
    .map(([, code = '']) => code)
    .filter((code) => code.includes(words));
  expect(found, `examples with «${words}»`).toHaveLength(1);
  return found[0] ?? '';
};
const table = (head: string): string => doc.split(`| ${head} |`)[1]?.split('\n\n')[0] ?? '';

test('the verbs and events of docs/api.md are those that there are, and its stub and tag start the widget', async ({
  page,
  relay,
  hostPage,
}) => {
  const tag = example('async src=').replace('https://support.example', relay.url);
  const host = await hostPage(
    `<!doctype html><html lang="en"><head><title>Host</title>${example('window.Frontdesk??=')}
     <script>window.first = Frontdesk('state')</script>${tag}</head><body></body></html>`,
  );
  await page.goto(host.url);
  await expect(shopOn(page).launcher).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { first: Promise<object> }).first)).toHaveProperty('ready');

  // A wrong verb is answered with the list of the right ones.
  const said = await frontdesk(page, 'dance').catch((error) => String(error));
  const known = /expected ([^.]+)\./.exec(`${said}`)?.[1]?.split(', ') ?? [];
  const verbs = [...table('verb | does').matchAll(/`(\w+)\(/g)].map(([, verb]) => verb);
  expect([...new Set(verbs)].sort()).toEqual(known.sort());
  const events = [...table('event | data').matchAll(/^\| ([^|]+)\|/gm)]
    .flatMap(([, cell = '']) => [...cell.matchAll(/`([\w:]+)`/g)])
    .map(([, event]) => event);
  expect([...new Set(events)].sort()).toEqual([...EVENTS].sort());
});

test('the example of the npm package in docs/api.md runs', async ({ page, relay, hostPage }) => {
  const bundle = readFileSync(join(root, 'dist/npm/index.js')).toString('base64');
  const code = example('createWidget({')
    .replace('@frontdesk/widget', `data:text/javascript;base64,${bundle}`)
    .replace('https://support.example', relay.url);
  const host = await hostPage(
    `<!doctype html><html lang="en"><head><title>Host</title></head><body><script type="module">${code}</script></body></html>`,
  );
  await page.goto(host.url);
  await expect(shopOn(page).composer).toHaveValue('About order 7');
});

test('the examples of signed-in visitors in docs/api.md run', async ({ page, relay, hostPage, api }) => {
  const { kid, secret } = (await api('POST', 'sites/demo/identity-keys', { kind: 'secret' })) as SiteKey;
  const sign = new Function('createHmac', 'KID', 'SECRET', `${example('customer-4711')}; return token;`);
  const token: string = sign(createHmac, kid, secret);
  const host = await hostPage(
    `<!doctype html><html lang="en"><head><title>Host</title></head><body>
     <script async src="${relay.url}/widget.js" data-site="demo"></script></body></html>`,
  );
  await page.route('**/support-token', (route) => route.fulfill({ body: sign(createHmac, kid, secret) as string }));
  await page.goto(host.url);
  const calls = example("Frontdesk('identify', null, { token })").trim().split('\n');
  for (const call of calls) {
    const identified = page.waitForResponse((answer) => answer.url().endsWith('/api/visitor/identify'));
    await page.evaluate(`(async () => { const token = ${JSON.stringify(token)}; await ${call} })()`);
    expect((await identified).status()).toBe(200);
  }
});
