import { FrontdeskError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';

/** A picture as it is kept. */
export interface Picture {
  bytes: Buffer;
  width: number;
  height: number;
}

/** So many pictures are drawn again at once; each may take some hundred megabytes. */
const AT_ONCE = 2;
let drawing = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(draw: () => Promise<T>): Promise<T> {
  if (drawing >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  drawing++;
  try {
    return await draw();
  } finally {
    drawing--;
    waiting.shift()?.();
  }
}

/**
 * Draws a picture again, so that nothing but its pixels stays: no place where it was taken, no text, no second file behind
 * it. Its size is read from its head and judged before anything is decoded.
 */
export async function redraw(bytes: Uint8Array, mime: string): Promise<Picture> {
  // Loaded with the first picture: a relay that gets none does not pay for it.
  const { default: sharp } = await import('sharp');
  return inTurn(async () => {
    const moves = mime === 'image/gif' || mime === 'image/webp';
    const source = () =>
      sharp(bytes, { limitInputPixels: LIMITS.picturePixels, failOn: 'error', animated: moves, sequentialRead: true });
    const refused = new FrontdeskError('bad-file', 'This picture cannot be read, or has too many pixels.');
    try {
      const { width = 0, height = 0, pages = 1, pageHeight = height } = await source().metadata();
      if (width * pageHeight * pages > LIMITS.picturePixels || width === 0) throw refused;
      const picture = source().autoOrient();
      const drawn =
        mime === 'image/png'
          ? picture.png()
          : mime === 'image/jpeg'
            ? picture.jpeg({ quality: 90 })
            : mime === 'image/gif'
              ? picture.gif()
              : picture.webp({ quality: 90 });
      const { data, info } = await drawn.toBuffer({ resolveWithObject: true });
      return { bytes: data, width: info.width, height: info.pageHeight ?? info.height };
    } catch {
      throw refused;
    }
  });
}
