/** The part of the tar format (POSIX ustar) that a backup needs: plain files, one after the other. */

const BLOCK = 512;
/** Bytes of a file at most, by the twelve octal digits of its header. */
const LARGEST = 8 ** 11 - 1;

/** Bytes that fill up the last block of so many. */
const padding = (bytes: number) => (BLOCK - (bytes % BLOCK)) % BLOCK;

const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
const checksum = (header: Buffer) => {
  let sum = 0;
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return sum;
};

/** A file with its header and padding, as it stands in the archive. */
export function tarEntry(path: string, bytes: Uint8Array, at: Date): Buffer {
  if (Buffer.byteLength(path) > 100 || bytes.length > LARGEST) throw new RangeError(`${path} fits in no tar entry.`);
  const header = Buffer.alloc(BLOCK);
  header.write(path, 0);
  header.write(octal(0o600, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(bytes.length, 11), 124);
  header.write(octal(Math.floor(at.getTime() / 1000), 11), 136);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(`${octal(checksum(header), 6)} `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc(padding(bytes.length))]);
}

/** What ends an archive. */
export const tarEnd = (): Buffer => Buffer.alloc(2 * BLOCK);

/** Reads so many bytes from a place of the archive; fewer where it ends. */
export type ReadAt = (position: number, length: number) => Promise<Buffer>;

/** A file in an archive; its bytes are read when asked for. */
export interface TarFile {
  path: string;
  size: number;
  read(): Promise<Buffer>;
}

/** The files of an archive in their order. Throws a RangeError where it is no tar or was cut short. */
export async function* tarFiles(readAt: ReadAt): AsyncIterable<TarFile> {
  for (let position = 0; ; ) {
    const header = await readAt(position, BLOCK);
    if (header.length === BLOCK && header.every((byte) => byte === 0)) return;
    const field = (from: number, length: number) => header.toString('utf8', from, from + length).split('\0')[0] ?? '';
    const sum = Number.parseInt(field(148, 8), 8);
    if (header.length < BLOCK || sum !== checksum(header)) throw new RangeError('The archive is damaged or cut short.');
    const size = Number.parseInt(field(124, 12), 8);
    const start = position + BLOCK;
    yield {
      path: field(0, 100),
      size,
      async read() {
        const bytes = await readAt(start, size);
        if (bytes.length < size) throw new RangeError('The archive is cut short.');
        return bytes;
      },
    };
    position = start + size + padding(size);
  }
}
