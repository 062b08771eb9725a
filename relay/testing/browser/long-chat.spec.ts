import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { fillChat } from './long-chat.ts';

const MANY = 1_200;
const FEW = 100;

/**
 * How many functions of the widget's are called meanwhile: what it costs, whatever else this machine does. With `rest`,
 * also what comes of it later.
 */
async function calls(
  session: CDPSession,
  page: Page,
  what: () => Promise<unknown>,
  { rest }: { rest: boolean },
): Promise<number> {
  const settled = () => page.evaluate(() => new Promise((done) => setTimeout(done, 150)));
  await settled();
  await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await session.send('Profiler.takePreciseCoverage');
  await what();
  if (rest) await settled();
  const { result } = await session.send('Profiler.takePreciseCoverage');
  await session.send('Profiler.stopPreciseCoverage');
  return result
    .filter(({ url }) => url.includes('/widget'))
    .flatMap(({ functions }) => functions)
    .reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
}

test('[W3] a chat of thousands of messages: keys and messages cost no more, older pages come without a jump', async ({
  visitor,
  operator,
  relay,
}) => {
  test.setTimeout(120_000);
  const shop = await visitor();
  const { page } = shop;
  await shop.channel('chat');
  await shop.say('Hello');
  await expect(page.locator('.fd-mark-sent, .fd-mark-delivered, .fd-mark-read').first()).toBeVisible();
  const picture = { name: 'gaiwan.png', mime: 'image/png', size: 84_000, width: 300, height: 400 };
  const id = (seq: number) => `01980000-0000-7000-8000-${`${seq}`.padStart(12, '0')}`;
  await fillChat(relay, MANY + 150, (seq) => (seq % 40 ? undefined : [{ id: id(seq), ...picture }]));
  // Larger pages, to be there sooner; and pictures whose addresses, and then they themselves, come late.
  await page.route('**/events?*limit=50', (route) =>
    route.continue({ url: route.request().url().replace('limit=50', 'limit=200') }),
  );
  await page.route('**/uploads/addresses', async (route) => {
    const { files } = route.request().postDataJSON() as { files: string[] };
    await new Promise((done) => setTimeout(done, 150));
    await route.fulfill({ json: { addresses: Object.fromEntries(files.map((one) => [one, `/late/${one}.svg`])) } });
  });
  await page.route('**/late/*', async (route) => {
    await new Promise((done) => setTimeout(done, 150));
    const body = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="400"/>';
    await route.fulfill({ contentType: 'image/svg+xml', body });
  });
  await page.reload();
  await shop.channel('chat');
  const body = page.locator('.fd-body');
  const list = page.locator('.fd-messages');
  const count = () => list.evaluate((node) => node.querySelectorAll('.fd-message').length);
  await expect.poll(count).toBeGreaterThan(FEW);

  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  const desk = await operator();
  await desk.view('all');
  await desk.page.getByRole('listitem').getByRole('link').first().click();
  // A key is drawn in its own turn. The least of some, since the timers of who types and the outbox draw too, when they will.
  const key = async () => {
    const counted: number[] = [];
    for (let n = 0; n < 5; n++)
      counted.push(await calls(session, page, () => page.keyboard.press('a'), { rest: false }));
    return Math.min(...counted);
  };
  const message = (text: string) =>
    calls(
      session,
      page,
      async () => {
        await desk.say(text);
        await expect(list.getByText(text)).toBeVisible();
      },
      { rest: true },
    );
  await shop.composer.press('a');
  await message('warm');
  const few = { at: await count(), key: await key(), message: await message('few') };

  // Up, page by page: what is read stays where it is, also when the pictures of the page have come.
  while ((await count()) < MANY) {
    const had = await count();
    await body.evaluate((node) => {
      node.scrollTop = 200;
    });
    const read = await list.evaluate((node) => {
      const edge = node.closest('.fd-body')?.getBoundingClientRect().top ?? 0;
      const found = [...node.querySelectorAll('[data-seq]')].find((one) => one.getBoundingClientRect().top > edge);
      return { seq: found?.getAttribute('data-seq'), top: found?.getBoundingClientRect().top ?? 0 };
    });
    const top = () => list.locator(`[data-seq="${read.seq}"]`).evaluate((node) => node.getBoundingClientRect().top);
    await expect.poll(count).toBeGreaterThan(had);
    expect(Math.abs((await top()) - read.top)).toBeLessThanOrEqual(1);
    await expect
      .poll(() =>
        list.evaluate((node) => {
          const pictures = [...node.querySelectorAll('img')];
          return !node.querySelector('canvas') && pictures.every(({ complete }) => complete);
        }),
      )
      .toBe(true);
    expect(Math.abs((await top()) - read.top)).toBeLessThanOrEqual(1);
  }
  await body.evaluate((node) => {
    node.scrollTop = node.scrollHeight;
  });

  await list.evaluate((node) => {
    const changes = { added: 0, removed: 0 };
    // The dots of who is typing come and go.
    const messages = (nodes: NodeList) => [...nodes].filter((one) => !(one as Element).matches('.fd-typing')).length;
    Object.assign(window, { changes });
    new MutationObserver((records) => {
      for (const { addedNodes, removedNodes } of records) {
        changes.added += messages(addedNodes);
        changes.removed += messages(removedNodes);
      }
    }).observe(node, { childList: true });
  });
  const changes = () => page.evaluate(() => (window as unknown as { changes: object }).changes);
  await shop.composer.press('a');
  const many = { at: await count(), key: await key(), message: 0 };
  expect(await changes()).toEqual({ added: 0, removed: 0 });
  many.message = await message('many');
  // One message is one addition to the log: said once.
  expect(await changes()).toEqual({ added: 1, removed: 0 });
  await expect(page.getByRole('log').locator('.fd-message').last()).toContainText('many');

  // It was counted at all: a key that nothing was done for would be cheap too.
  expect(few.key).toBeGreaterThan(100);
  expect(many.key).toBeLessThan(few.key * 1.2 + 20);
  // A message is drawn a few times, with who types and what is read: to look at a line each time is all it may cost.
  expect((many.message - few.message) / (many.at - few.at)).toBeLessThan(450);
});
