import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const sources = ['widget', 'relay/console', 'relay/client'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.(tsx?|js|html)$/.test(name) && !/\.(test|contract)\.tsx?$/.test(name)),
);

/** Ways by which a text becomes a document or a program. */
const SINKS = [
  ...[/\.(?:inner|outer)HTML\b/, /insertAdjacentHTML/, /document\s*\.\s*write(?:ln)?\b/, /dangerouslySetInnerHTML/],
  ...[/\bsrcdoc\b/i, /createContextualFragment/, /\bDOMParser\b/, /set(?:HTML|HTMLUnsafe)\b/, /parseHTMLUnsafe/],
  ...[/['"`]javascript:/i, /\beval\s*\(/, /\bnew\s+Function\b/, /set(?:Timeout|Interval)\s*\(\s*['"`]/],
  ...[/\.setAttribute\(\s*['"`]on/i, /postMessage\([^)]*['"`]\*['"`]/],
];
const findings = (text: string) => SINKS.filter((sink) => sink.test(text)).map(String);

test('[S9] neither the widget nor the console has a way from text to HTML or code', () => {
  expect(sources.length).toBeGreaterThan(100);
  const found = sources.flatMap((path) =>
    findings(readFileSync(join(root, path), 'utf8')).map((sink) => `${path}: ${sink}`),
  );
  expect(found).toEqual([]);
});

test.each([
  'box.innerHTML = text',
  'box.insertAdjacentHTML("beforeend", text)',
  'document.write(text)',
  '<div dangerouslySetInnerHTML={{ __html: text }} />',
  '<iframe srcdoc={text} />',
  'location.href = "javascript:" + text',
  'eval(text)',
  'setTimeout("run()", 1)',
  'parent.postMessage(data, "*")',
])('[S9] «%s» would be found', (code) => {
  expect(findings(code)).not.toEqual([]);
});

test('[S9] every link that opens another window tells it nothing of this one', () => {
  const links = sources.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/target(?:=|: ?)['"]_blank['"][^\n]*/g)].map(({ 0: line }) => ({
      path,
      line,
    })),
  );
  expect(links.length).toBeGreaterThan(3);
  for (const { path, line } of links) expect(line, path).toMatch(/rel(?:=|: ?)['"]noopener noreferrer/);
  // Links in what visitors and articles say vouch for nobody; what the owner links to is the owner's own.
  for (const { path, line } of links.filter(({ path: one }) => !/messengers|consent|form-more/.test(one)))
    expect(line, path).toContain('nofollow ugc');
});
