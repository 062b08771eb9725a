import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import { OUTBOX_CASES } from '../../client/outbox.contract.ts';
import type { OutboxPage } from './outbox-page.ts';

/** The page's script as one ES module. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: join(import.meta.dirname, 'outbox-page.ts'), formats: ['es'], fileName: 'outbox-page' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('The page’s script was not built.');
  return chunk.code;
}

let server: Server;
let url: string;
test.beforeAll(async () => {
  const script = await bundle();
  server = createServer((request, answer) => {
    const isScript = request.url === '/outbox-page.js';
    answer.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8' });
    answer.end(
      isScript ? script : '<!doctype html><title>Outbox</title><script type=module src=outbox-page.js></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
test.afterAll(() => void server.close());

/** Calls a function of the page with these values. */
async function call<K extends keyof OutboxPage>(
  page: Page,
  name: K,
  ...values: Parameters<OutboxPage[K]>
): Promise<Awaited<ReturnType<OutboxPage[K]>>> {
  if (page.url() !== url) await page.goto(url);
  return page.evaluate(
    ([key, given]) => {
      const { outboxPage } = globalThis as unknown as { outboxPage: Record<string, (...all: unknown[]) => unknown> };
      return outboxPage[key as string]?.(...(given as unknown[]));
    },
    [name, values] as const,
  ) as Promise<Awaited<ReturnType<OutboxPage[K]>>>;
}
const upTo = (top: number) => Array.from({ length: top }, (_, i) => i + 1);
const ascending = (numbers: number[]) => numbers.sort((a, b) => a - b);

test.describe('the outbox in IndexedDB', () => {
  for (const { name } of OUTBOX_CASES)
    test(name, async ({ page }) => {
      await call(page, 'run', name);
    });

  test('[OB2] two tabs that add at once never give one number twice', async ({ context }) => {
    const tabs = await Promise.all([context.newPage(), context.newPage()]);
    await Promise.all(tabs.map((tab) => tab.goto(url)));
    const given = await Promise.all(tabs.map((tab) => call(tab, 'add', 'shared', 40)));
    expect(ascending(given.flat())).toEqual(upTo(80));
    const [first] = tabs;
    if (!first) throw new Error('There is no tab.');
    const { head, list } = await call(first, 'look', 'shared');
    expect(list.map(({ n }) => n)).toEqual(upTo(80));
    expect(new Set(list.map(({ id }) => id)).size).toBe(80);
    expect(head.next).toBe(81);
  });

  test('[OB4] what was added survives the page', async ({ context }) => {
    const first = await context.newPage();
    await call(first, 'add', 'kept', 3);
    const before = await call(first, 'look', 'kept');
    await first.close();
    const second = await context.newPage();
    expect(await call(second, 'look', 'kept')).toEqual(before);
    expect(before).toMatchObject({ durable: true, head: { next: 4 }, list: [{ n: 1 }, { n: 2 }, { n: 3 }] });
    expect(await call(second, 'add', 'kept', 1)).toEqual([4]);
  });
});

test.describe('[OB6] a memory outbox takes its place where IndexedDB', () => {
  const blocks: Record<string, () => void> = {
    'is not there': () => {
      Reflect.deleteProperty(globalThis, 'indexedDB');
    },
    'throws when it is looked at': () => {
      Object.defineProperty(globalThis, 'indexedDB', {
        get() {
          throw new DOMException('Storage is blocked.', 'SecurityError');
        },
      });
    },
    'throws when it is opened': () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('Storage is blocked.', 'SecurityError');
      };
    },
  };
  for (const [name, block] of Object.entries(blocks))
    test(name, async ({ page }) => {
      await page.addInitScript(block);
      expect(await call(page, 'look', 'blocked')).toMatchObject({ durable: false, head: { next: 1 }, list: [] });
      expect(await call(page, 'add', 'blocked', 5)).toEqual(upTo(5));
    });

  test('has a newer version of the same database', async ({ page }) => {
    await page.goto(url);
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('newer', 7);
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
          opening.onerror = () => reject(opening.error);
        }),
    );
    expect(await call(page, 'look', 'newer')).toMatchObject({ durable: false });
  });
});
