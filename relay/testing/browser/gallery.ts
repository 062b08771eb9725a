import { expect, type Page } from '@playwright/test';
import { type GalleryState, STATES } from '../../../widget/gallery/states.ts';

/** How a state of the gallery is to be seen. */
export interface GalleryLook {
  mode?: 'light' | 'dark';
  locale?: 'en' | 'ru';
  dir?: 'ltr' | 'rtl';
}

/** Opens a state and waits until it is reached, and all that it is named for shows. */
export async function openState(page: Page, relay: string, state: GalleryState, look: GalleryLook = {}): Promise<void> {
  const hash = new URLSearchParams({ screen: state.name, ...look, bare: '' });
  // Another hash alone would only be a move within the page.
  await page.goto('about:blank');
  await page.goto(`${relay}/demo/gallery/#${hash}`);
  await expect(page.locator('html').first(), state.name).toHaveAttribute('data-gallery', 'ready');
  for (const selector of state.shows) await expect(page.locator(selector).first(), state.name).toBeVisible();
}

/** A state by its name. */
export function stateNamed(name: string): GalleryState {
  const found = STATES.find((state) => state.name === name);
  if (!found) throw new Error(`The gallery has no state ${name}.`);
  return found;
}
