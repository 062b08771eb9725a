import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, posix, sep } from 'node:path';
import { and, asc, eq, gt } from 'drizzle-orm';
import { fileOf, readFileAddress } from '../files/store.ts';
import type { RichNode } from '../protocol/articles.ts';
import type { Persistence } from '../store/index.ts';
import { resolveLinks } from './markdown/links.ts';
import { readMarkdown } from './markdown/read.ts';
import type { ArticleRow } from './store.ts';

export interface ExportReport {
  articles: number;
  pictures: number;
}

const PAGE = 50;

/**
 * Writes a site's articles as Markdown into a folder that can be imported again: a folder for each language, the
 * pictures where the texts look for them, and `manifest.json`. Files of the same names are written over.
 */
export async function exportFolder(options: {
  store: Persistence;
  site: { id: string };
  dir: string;
}): Promise<ExportReport> {
  const { store, site, dir } = options;
  const report: ExportReport = { articles: 0, pictures: 0 };
  const manifest: Record<string, unknown>[] = [];
  const originals = new Map<string, string>();
  const written = new Set<string>();
  for await (const row of allRows(store, site.id)) {
    const id = row.externalId ?? `${row.locale}/${row.slug}`;
    const path = `${id}.md`;
    if (!isInside(dir, path)) continue;
    await write(dir, path, row.markdown);
    report.articles += 1;
    const original = row.translationKey === null ? undefined : originals.get(row.translationKey);
    if (row.translationKey !== null && original === undefined) originals.set(row.translationKey, id);
    const { locale, title, section, summary, pinned, status, slug } = row;
    manifest.push({
      id,
      locale,
      title,
      section,
      summary,
      path,
      pinned,
      status,
      slug,
      translation_of: original ?? null,
    });
    for (const [source, hash] of picturesOf(row)) {
      const target = posix.join(posix.dirname(path), source);
      if (written.has(target) || !isInside(dir, target)) continue;
      const file = await fileOf(store.read, store.t, site.id, hash);
      if (file === undefined) continue;
      await write(dir, target, file.bytes);
      written.add(target);
      report.pictures += 1;
    }
  }
  await write(dir, 'manifest.json', `${JSON.stringify(manifest, null, 1)}\n`);
  return report;
}

/** An external id comes from outside and must not lead out of the folder. */
const isInside = (dir: string, path: string): boolean => join(dir, path).startsWith(join(dir, sep));

async function write(dir: string, path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), content);
}

async function* allRows(store: Persistence, siteId: string): AsyncGenerator<ArticleRow> {
  const { articles: a } = store.t;
  let after = '';
  for (;;) {
    const rows = await store.read
      .select()
      .from(a)
      .where(and(eq(a.siteId, siteId), gt(a.id, after)))
      .orderBy(asc(a.id))
      .limit(PAGE);
    yield* rows;
    const last = rows[rows.length - 1];
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
  }
}

/**
 * Which file each relative picture of the text is. The text names paths and the nodes name files, in one order; where
 * a picture was missing at the import the two cannot be matched, and none is written.
 */
function picturesOf(row: ArticleRow): Map<string, string> {
  const sources: string[] = [];
  resolveLinks(readMarkdown(row.markdown).nodes, {
    link: () => null,
    image(path) {
      sources.push(path);
      return null;
    },
  });
  const hashes: string[] = [];
  const walk = (nodes: readonly RichNode[]): void => {
    for (const node of nodes) {
      if (typeof node === 'string') continue;
      const address = node.t === 'img' ? readFileAddress(node.u ?? '') : null;
      if (address !== null) hashes.push(address.hash);
      if (node.c !== undefined) walk(node.c);
    }
  };
  walk(row.nodes);
  if (sources.length !== hashes.length) return new Map();
  return new Map(sources.map((source, at) => [source, hashes[at] ?? '']));
}
