import { describe, expect, test } from 'vitest';
import { kindOf, safeName } from './upload-kinds.ts';

describe('[S11] names of files', () => {
  test.each([
    ['photo.JPG', 'photo.jpg'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Users\\me\\письмо.docx', 'письмо.docx'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['zero\u200Bwidth\uFEFF.png', 'zerowidth.png'],
    ['line\nbreak\0.txt', 'linebreak.txt'],
    ['a<b>:"c|d?e*.txt', 'a_b___c_d_e_.txt'],
    ['  .hidden.txt. ', 'hidden.txt'],
    ['...', 'file'],
    ['', 'file'],
    ['.png', 'png'],
    ['\u202E', 'file'],
    [`${'я'.repeat(300)}.pdf`, `${'я'.repeat(116)}.pdf`],
    [`${'😀'.repeat(100)}.txt`, `${'😀'.repeat(58)}.txt`],
    ['half \ud83d.txt', 'half .txt'],
  ])('%j becomes %j', (given, kept) => {
    expect(safeName(given)).toBe(kept);
  });
});

const text = new TextEncoder().encode('hello');
const binary = Uint8Array.of(1, 0, 2);
describe('[S11] what a file is', () => {
  test.each<[string, string | undefined, Uint8Array, string | null]>([
    ['a.png', 'image/png', binary, 'image/png'],
    ['a.png', 'image/jpeg', binary, null],
    ['a.png', undefined, text, null],
    ['a.jpg', 'application/zip', binary, null],
    ['a.txt', undefined, text, 'text/plain'],
    ['a.txt', undefined, binary, null],
    ['a.txt', 'application/x-msdownload', binary, null],
    ['a.pdf', 'application/pdf', binary, 'application/pdf'],
    ['a.svg', 'application/xml', text, 'image/svg+xml'],
    ['a.html', undefined, text, 'text/html'],
    ['a.docx', 'application/zip', binary, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a.docx', 'application/x-cfb', binary, null],
    ['a.exe', 'application/x-msdownload', binary, null],
    ['a.png.exe', 'image/png', binary, null],
    ['a.js', undefined, text, null],
    ['noending', undefined, text, null],
    ['a.', undefined, text, null],
    ['constructor', undefined, text, null],
    ['a.valueof', undefined, text, null],
  ])('%s with bytes of %s', (name, recognised, bytes, mime) => {
    expect(kindOf(name, recognised, bytes)).toBe(mime);
  });
});
