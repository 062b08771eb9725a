import { describe, expect, it } from 'vitest';
import { imageKind } from './image-kind.ts';

const bytes = (...parts: (number[] | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)));
const zeros = (count: number): number[] => new Array<number>(count).fill(0);

describe('[S11] the kind of a picture', () => {
  it('is told by its bytes, with its size', () => {
    const png = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 13], 'IHDR', [0, 0, 1, 0, 0, 0, 0, 80]);
    expect(imageKind(png)).toEqual({ mime: 'image/png', width: 256, height: 80 });
    expect(imageKind(bytes('GIF89a', [10, 0, 20, 0]))).toEqual({ mime: 'image/gif', width: 10, height: 20 });
    const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 30, 0, 40, 3, 0]);
    expect(imageKind(jpeg)).toEqual({ mime: 'image/jpeg', width: 40, height: 30 });
    const webp = bytes('RIFF', zeros(4), 'WEBPVP8X', zeros(8), [9, 0, 0, 4, 0, 0]);
    expect(imageKind(webp)).toEqual({ mime: 'image/webp', width: 10, height: 5 });
    expect(imageKind(bytes('<?xml version="1.0"?>\n<!-- a -->\n<svg viewBox="0 0 3 4">'))).toEqual({
      mime: 'image/svg+xml',
      width: 3,
      height: 4,
    });
    expect(imageKind(bytes('<svg width="12px" height="9">'))).toMatchObject({ width: 12, height: 9 });
  });

  it('is nothing for what only looks like one', () => {
    for (const text of ['', '<html><svg>', 'GIF', '%PDF-1.7', 'RIFFxxxxWAVE', '<!-- '.repeat(2_000)]) {
      expect(imageKind(bytes(text))).toBeNull();
    }
  });
});
