import type { CDPSession } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { frontdesk, shopOn } from './shop.ts';

const page = (relay: string) => `<!doctype html><html lang="en"><head><title>Host</title></head><body>
<script async src="${relay}/widget.js" data-site="demo" data-init="manual"></script></body></html>`;

/** What the page holds after its garbage was taken away, as Chromium counts it. */
async function held(cdp: CDPSession): Promise<{ nodes: number; listeners: number }> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { nodes: value('Nodes'), listeners: value('JSEventListeners') };
}

test('[W11] a hundred times started and destroyed, it leaves no node, listener, timer or socket, and one global', async ({
  browser,
  relay,
  hostPage,
}) => {
  test.setTimeout(180_000);
  const host = await hostPage(page(relay.url));
  const context = await browser.newContext();
  const tab = await context.newPage();
  const sockets = { opened: 0, closed: 0 };
  tab.on('websocket', (socket) => {
    sockets.opened++;
    socket.on('close', () => sockets.closed++);
  });
  // Counts timers that were set and neither ran out nor were cleared, and intervals that were not cleared.
  await tab.addInitScript(() => {
    const running = new Set<unknown>();
    const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
    Object.assign(window, {
      globalsBefore: Object.getOwnPropertyNames(window),
      running,
      setTimeout: (fn: () => void, ms?: number, ...more: unknown[]) => {
        const id = setTimeout(() => {
          running.delete(id);
          fn.apply(null, more as []);
        }, ms);
        running.add(id);
        return id;
      },
      clearTimeout: (id: number) => {
        running.delete(id);
        clearTimeout(id);
      },
      setInterval: (fn: () => void, ms?: number) => {
        const id = setInterval(fn, ms);
        running.add(id);
        return id;
      },
      clearInterval: (id: number) => {
        running.delete(id);
        clearInterval(id);
      },
    });
  });
  await tab.goto(host.url);
  const cdp = await context.newCDPSession(tab);
  await cdp.send('Performance.enable');
  const shop = shopOn(tab);

  const round = async (deep: boolean) => {
    await frontdesk(tab, 'init');
    if (deep) {
      await frontdesk(tab, 'open', 'chat', { still: true });
      await expect(shop.window).toBeVisible();
      await frontdesk(tab, 'open', 'email', { still: true });
    }
    await frontdesk(tab, 'state');
    await frontdesk(tab, 'destroy');
    await expect(tab.locator('frontdesk-widget')).toHaveCount(0);
  };
  // Everything is downloaded and compiled once, and what the engine keeps of that is in the first count.
  for (let i = 0; i < 10; i++) await round(true);
  await expect.poll(() => sockets.opened - sockets.closed).toBe(0);
  const before = await held(cdp);
  for (let i = 0; i < 100; i++) await round(i % 10 === 0);
  await expect.poll(() => sockets.opened - sockets.closed).toBe(0);

  await expect.poll(() => tab.evaluate(() => (window as unknown as { running: Set<unknown> }).running.size)).toBe(0);
  await expect.poll(async () => (await held(cdp)).listeners).toBeLessThanOrEqual(before.listeners);
  expect((await held(cdp)).nodes).toBeLessThanOrEqual(before.nodes + 20);
  const added = await tab.evaluate(() =>
    Object.getOwnPropertyNames(window).filter(
      (name) => !(window as unknown as { globalsBefore: string[] }).globalsBefore.includes(name),
    ),
  );
  expect(added.filter((name) => !['globalsBefore', 'running'].includes(name))).toEqual(['Frontdesk']);
  expect(sockets.opened).toBeGreaterThan(0);
  expect(await tab.title()).toBe('Host');
  await context.close();
});
