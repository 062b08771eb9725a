/** A picture as its own bytes tell: what it is and how large, in CSS pixels, where that is written. */
export interface ImageKind {
  mime: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/svg+xml';
  width?: number;
  height?: number;
}

/** Looks at the first bytes, never at the name. `null`: not a picture of a kind that is taken. */
export function imageKind(bytes: Uint8Array): ImageKind | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) && bytes.length >= 24) {
    return { mime: 'image/png', ...sized(view.getUint32(16), view.getUint32(20)) };
  }
  if (text(bytes, 0, 4) === 'GIF8' && bytes.length >= 10) {
    return { mime: 'image/gif', ...sized(view.getUint16(6, true), view.getUint16(8, true)) };
  }
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return { mime: 'image/jpeg', ...jpegSize(view) };
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP')
    return { mime: 'image/webp', ...webpSize(bytes, view) };
  return svgKind(bytes);
}

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);
const text = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
const sized = (width: number, height: number): { width: number; height: number } | undefined =>
  width > 0 && height > 0 && width < 100_000 && height < 100_000
    ? { width: Math.round(width), height: Math.round(height) }
    : undefined;

/** The size stands in the first «start of frame» segment. */
function jpegSize(view: DataView): { width: number; height: number } | undefined {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const kind = view.getUint8(at + 1);
    const frame = kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind);
    if (frame) return sized(view.getUint16(at + 7), view.getUint16(at + 5));
    at += 2 + Math.max(view.getUint16(at + 2), 2);
  }
  return undefined;
}

function webpSize(bytes: Uint8Array, view: DataView): { width: number; height: number } | undefined {
  if (bytes.length < 30) return undefined;
  const kind = text(bytes, 12, 16);
  if (kind === 'VP8 ') return sized(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  const three = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
  return kind === 'VP8X' ? sized(three(24), three(27)) : undefined;
}

function svgKind(bytes: Uint8Array): ImageKind | null {
  const head = new TextDecoder().decode(bytes.subarray(0, 4_096));
  const opening =
    /^\ufeff?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*(?:<!DOCTYPE[^>]{0,300}>\s*)?<svg\b([^>]*)>/i.exec(
      head,
    );
  if (opening === null) return null;
  const attributes = opening[1] ?? '';
  const number = (name: string): number =>
    Number(new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']\\s*([\\d.]{1,12})\\s*(?:px)?\\s*["']`).exec(attributes)?.[1] ?? 0);
  const box = /viewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(attributes);
  const size = sized(number('width') || Number(box?.[1] ?? 0), number('height') || Number(box?.[2] ?? 0));
  return { mime: 'image/svg+xml', ...size };
}
