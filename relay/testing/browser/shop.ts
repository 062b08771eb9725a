import { expect, type Locator, type Page } from '@playwright/test';
import en from '../../../widget/locales/en.ts';
import moreEn from '../../../widget/locales/more-en.ts';
import moreRu from '../../../widget/locales/more-ru.ts';
import ru from '../../../widget/locales/ru.ts';

/** A page with the widget, and the ways a visitor uses it. */
export interface Shop {
  page: Page;
  words: typeof en;
  more: typeof moreEn;
  launcher: Locator;
  window: Locator;
  messages: Locator;
  composer: Locator;
  /** Opens the window where it is closed. */
  open(): Promise<void>;
  /** Goes back to the home screen, wherever the window was left. */
  home(): Promise<void>;
  /** Opens a channel from the home screen. */
  channel(name: 'chat' | 'email' | 'messengers'): Promise<void>;
  say(text: string): Promise<void>;
}

/** Calls the widget as the page would. */
export const frontdesk = (page: Page, ...call: unknown[]): Promise<unknown> =>
  page.evaluate(
    (args) => (window as unknown as { Frontdesk(...call: unknown[]): Promise<unknown> }).Frontdesk(...args),
    call,
  );

export async function openShop(page: Page, url: string, locale: 'en' | 'ru' = 'en'): Promise<Shop> {
  await page.goto(url);
  return shopOn(page, locale);
}

/** The widget on a page that is open already. */
export function shopOn(page: Page, locale: 'en' | 'ru' = 'en'): Shop {
  const [words, more] = locale === 'ru' ? [ru, moreRu] : [en, moreEn];
  const launcher = page.locator('.fd-launcher');
  const window = page.locator('.fd-window');
  const composer = page.locator('.fd-composer textarea');
  const channels = { chat: words.chat, email: words.email, messengers: words.messengers };
  const shop: Shop = {
    ...{ page, words, more, launcher, window, composer },
    messages: page.locator('.fd-message'),
    async open() {
      // On a phone the open window covers the launcher.
      await expect(page.locator('.fd-launcher:visible, .fd-window:visible').first()).toBeVisible();
      // A window that is closing can be seen for a moment, in a tab behind another one for longer.
      if ((await launcher.getAttribute('aria-expanded')) !== 'true') await launcher.click();
      await expect(window).toBeVisible();
    },
    async channel(name) {
      await shop.open();
      await shop.home();
      await page.locator('.fd-channel').filter({ hasText: channels[name] }).first().click();
    },
    async home() {
      const back = page.getByRole('button', { name: words.back, exact: true });
      await expect(page.locator('.fd-channel').first().or(back).first()).toBeVisible();
      for (let steps = 0; steps < 5 && (await back.isVisible()); steps++) await back.click();
      await expect(page.locator('.fd-channel').first()).toBeVisible();
    },
    async say(text) {
      await composer.fill(text);
      await composer.press('Enter');
      await expect(page.locator('.fd-message').filter({ hasText: text })).toBeVisible();
    },
  };
  return shop;
}
