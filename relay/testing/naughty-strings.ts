import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The worst of each kind, kept here so that the tests need no file of anybody else's. */
const OWN: readonly string[] = [
  '<script>alert(1)</script>',
  '<ScRiPt src=//canary.invalid/x.js></sCrIpT>',
  '<img src=x onerror=alert(1)>',
  '<img src=https://canary.invalid/pixel.png>',
  '<svg/onload=alert(1)>',
  '<svg><script>alert&#40;1&#41;</script></svg>',
  '<iframe srcdoc="<script>parent.alert(1)</script>">',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<style>@import "https://canary.invalid/a.css";*{display:none}</style>',
  '<base href="https://canary.invalid/">',
  '<meta http-equiv=refresh content="0;url=https://canary.invalid/">',
  '<a href="javascript:alert(1)">click</a>',
  'javascript:alert(document.domain)',
  'data:text/html,<script>alert(1)</script>',
  'https://canary.invalid/"onmouseover="alert(1)',
  'http://user:password@canary.invalid:99999/%ff%00',
  '[link](javascript:alert(1)) ![](https://canary.invalid/i.png)',
  '"><script>alert(1)</script><"',
  "'-alert(1)-'",
  '</title></textarea></style></script><script>alert(1)</script>',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '{{constructor.constructor("alert(1)")()}} #{7*7} <%= 7 %>',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x&#62; &nbsp;&amp;',
  "'; DROP TABLE events; --",
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '0',
  '\u202egnp.exe\u202c',
  'a\u200b\u200c\u200d\u2060\ufeffb',
  `Z${'\u0310\u0311\u0327'.repeat(40)}`,
  '﷽﷽﷽﷽﷽﷽﷽﷽',
  '👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇷🇺',
  'שלום مرحبا ‮abc',
  'x'.repeat(3_000),
  'wwwwwwwwww.'.repeat(200),
  `https://example.com/${'a'.repeat(1_500)}`,
  'a\tb\u000bc\u0085d\u2028e\u2029f',
  '\u0001\u0007\u001b[31mred\u007f',
  "=cmd|'/c calc'!A1",
  '\ufffd\ufffe\uffff',
];

/** A longer list, where it lies beside the repository or NAUGHTY_STRINGS names it. */
const FILE = resolve(
  process.env.NAUGHTY_STRINGS ?? join(import.meta.dirname, '../../../shared/data/naughty-strings.json'),
);

/** What people and programs have typed to see pages break; each once. */
export function naughtyStrings(): string[] {
  const shared = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as { payload: string }[]) : [];
  return [...new Set([...OWN, ...shared.map(({ payload }) => payload)])];
}
