import type { Page } from '@playwright/test';

/** Holds back what a page asks for at these addresses; gives back how to let it go. */
export async function hold(page: Page, addresses: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(addresses, async (route) => {
    await released;
    // The page may have been left, or have given it up, by now.
    await route.continue().catch(() => {});
  });
  return release;
}
