/** What a file is taken for: the type it is given out as, and what its own bytes may be recognised as. */
interface FileKind {
  mime: string;
  /** Types that file-type tells of such bytes; `text`: it recognises nothing, and there is no NUL in them. */
  bytes: readonly string[];
}

const same = (mime: string): FileKind => ({ mime, bytes: [mime] });
const written = (mime: string, ...others: string[]): FileKind => ({ mime, bytes: ['text', ...others] });
const office = (mime: string): FileKind => ({ mime, bytes: [mime, 'application/zip'] });
const old = (mime: string): FileKind => ({ mime, bytes: ['application/x-cfb'] });
const openXml = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

/** Every ending that is taken; what has another one is refused. */
const KINDS: Readonly<Record<string, FileKind>> = {
  png: { mime: 'image/png', bytes: ['image/png', 'image/apng'] },
  jpg: same('image/jpeg'),
  jpeg: same('image/jpeg'),
  gif: same('image/gif'),
  webp: same('image/webp'),
  svg: written('image/svg+xml', 'image/svg+xml', 'application/xml'),
  pdf: same('application/pdf'),
  txt: written('text/plain'),
  log: written('text/plain'),
  md: written('text/plain'),
  csv: written('text/csv'),
  json: written('application/json'),
  xml: written('application/xml', 'application/xml'),
  html: written('text/html', 'application/xml'),
  htm: written('text/html', 'application/xml'),
  rtf: { mime: 'application/rtf', bytes: ['application/rtf', 'text'] },
  zip: same('application/zip'),
  docx: office(`${openXml}.wordprocessingml.document`),
  xlsx: office(`${openXml}.spreadsheetml.sheet`),
  pptx: office(`${openXml}.presentationml.presentation`),
  odt: office(`${openDocument}.text`),
  ods: office(`${openDocument}.spreadsheet`),
  odp: office(`${openDocument}.presentation`),
  doc: old('application/msword'),
  xls: old('application/vnd.ms-excel'),
  ppt: old('application/vnd.ms-powerpoint'),
  mp3: same('audio/mpeg'),
  ogg: { mime: 'audio/ogg', bytes: ['audio/ogg', 'audio/opus', 'application/ogg', 'audio/ogg; codecs=opus'] },
  wav: { mime: 'audio/wav', bytes: ['audio/wav', 'audio/vnd.wave'] },
  m4a: { mime: 'audio/mp4', bytes: ['audio/mp4', 'audio/x-m4a', 'video/mp4'] },
  mp4: same('video/mp4'),
  mov: same('video/quicktime'),
  webm: { mime: 'video/webm', bytes: ['video/webm', 'audio/webm'] },
};

/** Pictures that are drawn again and shown in the page; everything else is given out to be saved. */
export const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/**
 * The type a file is kept as; null when its ending is not taken or says something else than its bytes. `recognised` is what
 * file-type tells of them.
 */
export function kindOf(name: string, recognised: string | undefined, bytes: Uint8Array): string | null {
  const kind = KINDS[/\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  if (!kind) return null;
  const found = recognised ?? (bytes.includes(0) ? 'unknown' : 'text');
  return kind.bytes.includes(found) ? kind.mime : null;
}

const NAME_CHARS = 120;

/**
 * A file's name as it is kept: without folders, control signs, signs that turn the writing or have no width, and signs that
 * systems forbid in names.
 */
export function safeName(given: string): string {
  const base = given.normalize('NFC').replaceAll('\\', '/').split('/').at(-1) ?? '';
  const name = base
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Surrogate}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const [, stem = '', ending = ''] = /^(.*?)(\.[a-z0-9]{1,5})?$/i.exec(name) ?? [];
  return (stem.slice(0, NAME_CHARS - ending.length).replace(/[\ud800-\udbff]$/, '') || 'file') + ending.toLowerCase();
}
