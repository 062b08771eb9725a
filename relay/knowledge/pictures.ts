import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { type ImageKind, imageKind } from '../files/image-kind.ts';
import { hashOf } from '../files/store.ts';

/** A picture of the imported folder. */
export interface Picture extends ImageKind {
  hash: string;
  bytes: Uint8Array;
}

/** Bytes of one picture. */
const LARGEST = 5 * 1024 * 1024;

/** Reads pictures below `root`, each once. What lies outside, is too large or is no picture gives a reason instead. */
export function pictureReader(
  root: string,
): (article: string, source: string) => Promise<Picture | { reason: string }> {
  const known = new Map<string, Promise<Picture | { reason: string }>>();
  return (article, source) => {
    const path = source.startsWith('/') ? join(root, source) : join(root, dirname(article), source);
    let reading = known.get(path);
    if (reading === undefined) {
      reading = readPicture(root, path);
      known.set(path, reading);
    }
    return reading;
  };
}

async function readPicture(root: string, path: string): Promise<Picture | { reason: string }> {
  /* The real path, so that a link in the folder cannot lead out of it. */
  const real = await realpath(path).catch(() => null);
  if (real === null) return { reason: 'There is no such picture.' };
  if (!real.startsWith(root + sep)) return { reason: 'The picture lies outside of the folder.' };
  const { size } = await stat(real);
  if (size > LARGEST) return { reason: 'The picture is larger than 5 MiB.' };
  const bytes = new Uint8Array(await readFile(real).catch(() => Buffer.alloc(0)));
  const kind = imageKind(bytes);
  if (kind === null) return { reason: 'It is not a PNG, JPEG, GIF, WebP or SVG picture.' };
  return { ...kind, hash: hashOf(bytes), bytes };
}
