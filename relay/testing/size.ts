/**
 * `npm run size`: what a visitor's browser downloads from a running relay, per step, against the budgets.
 * `npm run size -- --write` puts the figures into the README's table.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { buildStale } from '../build.ts';
import { startTestRelay } from './relay.ts';

const KB = 1_000;
const ALL = 'all together';

interface Step {
  name: string;
  budget: number;
  /** Addresses that this step adds. */
  paths: string[];
}

/** Bytes of an answer's body as they travel. */
function wireBytes(url: string, encoding: 'gzip' | 'br'): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding } }, (answer) => {
      let bytes = 0;
      if (answer.statusCode !== 200) reject(new Error(`${url}: ${answer.statusCode}`));
      if (answer.headers['content-encoding'] !== encoding) reject(new Error(`${url} did not come as ${encoding}`));
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on('end', () => resolve(bytes));
      answer.on('error', reject);
    }).on('error', reject);
  });
}

await buildStale();
const dist = join(import.meta.dirname, '../../dist/widget');
const parts = JSON.parse(readFileSync(join(dist, 'parts.json'), 'utf8')) as Record<string, string>;
const part = (name: string) => {
  const file = parts[name];
  if (!file) throw new Error(`The build of the widget made no part «${name}».`);
  return `/widget/${file}`;
};
const steps: Step[] = [
  { name: 'queue stub in the page', budget: 0.6, paths: ['/stub.js'] },
  { name: 'widget.js, every page view', budget: 4, paths: ['/widget.js'] },
  { name: 'socket and outbox, when idle', budget: 5, paths: [part('live')] },
  { name: 'home, form, articles, messengers', budget: 13, paths: [part('app'), part('words-ru')] },
  { name: 'chat', budget: 6, paths: [part('chat')] },
];
const extra: Step[] = [
  {
    name: 'files, quotes, edits, when there are any',
    budget: 6,
    paths: [part('content'), part('upload-list'), part('uploads')],
  },
  {
    name: 'the form’s files, consent and errors',
    budget: 6,
    paths: [part('form-more'), part('fields'), part('upload-list')],
  },
  { name: 'questions before a chat', budget: 3.5, paths: [part('pre-chat'), part('fields')] },
  { name: 'emoji', budget: 8, paths: [part('emoji')] },
  { name: 'past conversations', budget: 1, paths: [part('history')] },
  { name: 'the place in the queue', budget: 1, paths: [part('queue')] },
  { name: 'votes, and what fits the page', budget: 3, paths: [part('knowledge-more')] },
  { name: 'a second tab', budget: 1, paths: [part('shared-line')] },
  { name: 'a form that looks like a machine’s', budget: 2, paths: [part('puzzle')] },
  { name: 'while consent is awaited', budget: 3, paths: [part('quiet')] },
  { name: 'invitation rules, when a site has any', budget: 3, paths: [part('rules'), part('bubble')] },
  { name: 'nobody is there', budget: 2, paths: [part('away'), part('more-ru')] },
  { name: 'on a phone', budget: 1, paths: [part('sheet')] },
  { name: 'rating, and the chat’s menu', budget: 3, paths: [part('after'), part('menu')] },
  { name: 'sound, with the first message that rings', budget: 1.5, paths: [part('sound')] },
];

const relay = await startTestRelay();
const page = join(import.meta.dirname, '../../README.md');
const readme = readFileSync(page, 'utf8');
const written: string[] = [];
/** The README's figure may lag behind by so many bytes. */
const LAG = 60;
const wrong: string[] = [];
let tooLarge = 0;
const row = (name: string, gzip: number, br: number, budget: number) => {
  if (gzip > budget * KB) tooLarge++;
  const cell = (bytes: number) => `${(bytes / KB).toFixed(2)} KB`.padStart(10);
  const cells = [name, ...[gzip, br].map((bytes) => `${(bytes / KB).toFixed(2)} KB`), `${budget} KB`];
  written.push(`| ${(name === ALL ? cells.map((one) => `**${one}**`) : cells).join(' | ')} |`);
  const verdict = gzip > budget * KB ? '  OVER' : '';
  const told = Number(readme.match(new RegExp(`^\\| \\**${name}\\** \\| \\**([\\d.]+) KB`, 'm'))?.[1]);
  if (!(Math.abs(told * KB - gzip) <= LAG)) wrong.push(`${name}: ${(gzip / KB).toFixed(2)} KB`);
  process.stdout.write(`${name.padEnd(42)}${cell(gzip)}${cell(br)}${`${budget} KB`.padStart(10)}${verdict}\n`);
};
const measure = async (step: Step) => {
  const sums = await Promise.all(
    (['gzip', 'br'] as const).map(async (encoding) => {
      let sum = 0;
      for (const path of step.paths) sum += await wireBytes(relay.url + path, encoding);
      return sum;
    }),
  );
  const [gzip = 0, br = 0] = sums;
  row(step.name, gzip, br, step.budget);
  return { gzip, br };
};

process.stdout.write(`${'step'.padEnd(42)}${'gzip'.padStart(10)}${'brotli'.padStart(10)}${'budget'.padStart(10)}\n`);
const total = { gzip: 0, br: 0 };
for (const step of steps) {
  const { gzip, br } = await measure(step);
  // The stub is written into the page by those who want it; it is not a download.
  if (step.paths[0] === '/stub.js') continue;
  total.gzip += gzip;
  total.br += br;
}
row(ALL, total.gzip, total.br, 28);
for (const step of extra) await measure(step);
if (process.argv.includes('--write')) {
  writeFileSync(
    page,
    readme.replace(/(?<=^\| step \|.*\n\|(?:---\|)+\n)(?:\|.*\n)+/m, () => `${written.join('\n')}\n`),
  );
  wrong.length = 0;
}
if (wrong.length > 0) process.stdout.write(`\nThe table of README.md has other figures: ${wrong.join(', ')}\n`);
await relay.stop();
process.exit(tooLarge + wrong.length > 0 ? 1 : 0);
