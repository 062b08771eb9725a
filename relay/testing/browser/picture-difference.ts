import type { BrowserContext } from '@playwright/test';

/**
 * The greatest difference of any pixel in any colour between two PNG pictures, from 0 to 255; 255 when their sizes differ.
 * Chromium itself draws the antialiased rim of a rounded corner a few steps apart in two runs of the same page.
 */
export async function greatestDifference(context: BrowserContext, a: Buffer, b: Buffer): Promise<number> {
  if (a.equals(b)) return 0;
  const page = await context.newPage();
  const difference = await page.evaluate(
    async (pictures) => {
      const [one, other] = await Promise.all(
        pictures.map(async (data) => {
          const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
          const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
          pen?.drawImage(bitmap, 0, 0);
          return pen?.getImageData(0, 0, bitmap.width, bitmap.height);
        }),
      );
      if (!one || !other || one.width !== other.width || one.height !== other.height) return 255;
      let most = 0;
      for (let i = 0; i < one.data.length; i++)
        most = Math.max(most, Math.abs((one.data[i] ?? 0) - (other.data[i] ?? 0)));
      return most;
    },
    [a.toString('base64'), b.toString('base64')],
  );
  await page.close();
  return difference;
}

/** Below this two pictures are of the same thing. */
export const SAME = 12;
