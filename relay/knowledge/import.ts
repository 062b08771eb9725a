import { randomUUIDv7 } from 'node:crypto';
import { posix } from 'node:path';
import { and, eq, inArray } from 'drizzle-orm';
import { fileAddress, putFile } from '../files/store.ts';
import type { RichNode } from '../protocol/articles.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Clock, Persistence } from '../store/index.ts';
import { translationKey, withoutEnding } from './manifest.ts';
import { matchAnchor } from './markdown/anchors.ts';
import { type LinkResolver, resolveLinks } from './markdown/links.ts';
import { type Picture, pictureReader } from './pictures.ts';
import { type ArticleFile, type Folder, readFolder, type Skipped } from './read-folder.ts';
import { freeSlug } from './slugs.ts';
import { type ArticleRow, bumpArticlesVersion } from './store.ts';

export interface ImportOptions {
  store: Persistence;
  clock: Clock;
  site: { id: string; key: string };
  dir: string;
  /** One language alone. */
  locale?: string | undefined;
}

/** What an import did. */
export interface ImportReport {
  added: number;
  changed: number;
  unchanged: number;
  skipped: Skipped[];
  pictures: number;
  /** Links from article to article. */
  links: { resolved: number; missing: number };
  /** Links to a place of an article that is there, while the place is not: they open the article's beginning. */
  lostAnchors: number;
  /** Pictures that could not be taken, by article. */
  lostPictures: Skipped[];
}

/** Rows of one transaction, so that visitors' messages are not held up. */
const BATCH = 50;
/** Characters of an article's nodes as JSON. */
const LARGEST_NODES = 8 * 1024 * 1024;

/**
 * Brings a folder of Markdown into a site's knowledge base. Articles are known again by their path, so importing anew
 * changes what has changed and nothing else; what is no longer in the folder stays. Throws `bad-request` for a folder
 * that cannot be read at all.
 */
export async function importFolder(options: ImportOptions): Promise<ImportReport> {
  const { store, clock, site } = options;
  const folder = await readFolder(options.dir, options.locale);
  const report: ImportReport = {
    ...{ added: 0, changed: 0, unchanged: 0, skipped: folder.skipped, pictures: 0 },
    ...{ links: { resolved: 0, missing: 0 }, lostAnchors: 0, lostPictures: [] },
  };
  const slugs = await chooseSlugs(store, site.id, folder);
  const pictures = pictureReader(folder.root);
  const kept = new Set<string>();
  for (let from = 0; from < folder.files.length; from += BATCH) {
    const batch = folder.files.slice(from, from + BATCH);
    const drafts: Draft[] = [];
    const fresh = new Map<string, Picture>();
    for (const [at, file] of batch.entries()) {
      const taken = await takePictures(file, pictures, report);
      for (const picture of taken.values()) if (!kept.has(picture.hash)) fresh.set(picture.hash, picture);
      const draft = draftOf({ file, folder, slugs, pictures: taken, site, report, position: from + at });
      if (draft !== null) drafts.push(draft);
    }
    await writeBatch(options, drafts, fresh, report);
    for (const hash of fresh.keys()) kept.add(hash);
  }
  report.pictures = kept.size;
  if (report.added + report.changed > 0)
    await store.tx((db) => bumpArticlesVersion(db, store.t, site.id, `${clock.now()}-${randomUUIDv7()}`));
  return report;
}

/** Slugs by external id. An article that is there keeps its own, whatever became of its title. */
async function chooseSlugs(store: Persistence, siteId: string, folder: Folder): Promise<Map<string, string>> {
  const { articles: a } = store.t;
  const slugs = new Map<string, string>();
  for (const locale of new Set(folder.files.map((file) => file.locale))) {
    const rows = await store.read
      .select({ slug: a.slug, externalId: a.externalId })
      .from(a)
      .where(and(eq(a.siteId, siteId), eq(a.locale, locale)));
    const taken = new Set(rows.map(({ slug }) => slug));
    const before = new Map(rows.map(({ slug, externalId }) => [externalId, slug]));
    for (const { externalId, text, entry } of folder.files.filter((file) => file.locale === locale)) {
      const wished = entry?.slug !== undefined && !taken.has(entry.slug) ? entry.slug : undefined;
      const path = externalId.startsWith(`${locale}/`) ? externalId.slice(locale.length + 1) : externalId;
      const slug = before.get(externalId) ?? freeSlug(wished ?? path, text.title, (name) => taken.has(name));
      taken.add(slug);
      slugs.set(externalId, slug);
    }
  }
  return slugs;
}

async function takePictures(
  file: ArticleFile,
  read: ReturnType<typeof pictureReader>,
  report: ImportReport,
): Promise<Map<string, Picture>> {
  const sources = new Set<string>();
  resolveLinks(file.text.nodes, {
    link: () => null,
    image(path) {
      sources.add(path);
      return null;
    },
  });
  const taken = new Map<string, Picture>();
  for (const source of sources) {
    const picture = await read(file.path, source);
    if ('reason' in picture) report.lostPictures.push({ path: `${file.path}: ${source}`, reason: picture.reason });
    else taken.set(source, picture);
  }
  return taken;
}

type Draft = Omit<ArticleRow, 'id' | 'views' | 'createdAt' | 'updatedAt'> & { externalId: string };

interface Drafting {
  file: ArticleFile;
  folder: Folder;
  slugs: ReadonlyMap<string, string>;
  pictures: ReadonlyMap<string, Picture>;
  site: { id: string; key: string };
  report: ImportReport;
  position: number;
}

function draftOf({ file, folder, slugs, pictures, site, report, position }: Drafting): Draft | null {
  const { entry, text } = file;
  let nodes: RichNode[];
  try {
    nodes = resolveLinks(text.nodes, resolverFor(file, folder, slugs, pictures, site.key, report));
    if (JSON.stringify(nodes).length > LARGEST_NODES) throw new FrontdeskError('too-big');
  } catch (error) {
    if (!(error instanceof FrontdeskError)) throw error;
    report.skipped.push({ path: file.path, reason: 'It grows too large when it is laid out.' });
    return null;
  }
  return {
    siteId: site.id,
    locale: file.locale,
    slug: slugs.get(file.externalId) ?? '',
    title: (entry?.title || text.title).slice(0, 500),
    section: entry?.section ?? text.frontMatter.section ?? sectionOf(file),
    summary: entry?.summary ?? text.frontMatter.summary ?? text.frontMatter.description ?? '',
    markdown: file.source,
    nodes,
    externalId: file.externalId,
    translationKey: translationKey(file.externalId, folder.entries),
    position: entry?.position ?? position,
    pinned: entry?.pinned ?? false,
    status: entry?.status ?? 'published',
  };
}

/** Without a manifest the folders are the sections. */
const sectionOf = ({ externalId, locale }: ArticleFile): string =>
  posix
    .dirname(externalId.startsWith(`${locale}/`) ? externalId.slice(locale.length + 1) : externalId)
    .replace(/^\.$/, '');

function resolverFor(
  file: ArticleFile,
  folder: Folder,
  slugs: ReadonlyMap<string, string>,
  pictures: ReadonlyMap<string, Picture>,
  siteKey: string,
  report: ImportReport,
): LinkResolver {
  const anchorsOf = anchorsByFile(folder);
  const inside = (externalId: string, anchor: string): string => {
    report.links.resolved += 1;
    const place = anchor === '' ? '' : matchAnchor(anchor, anchorsOf.get(externalId) ?? []);
    if (place === null) report.lostAnchors += 1;
    return `#article/${slugs.get(externalId) ?? ''}${place ? `#${place}` : ''}`;
  };
  return {
    link(path, anchor) {
      if (path === '') return inside(file.externalId, anchor);
      const plain = path.split('?', 1)[0] ?? '';
      const full = plain.startsWith('/') ? plain.slice(1) : posix.join(posix.dirname(file.path), plain);
      const candidates = [withoutEnding(full), `${withoutEnding(full).replace(/\/$/, '')}/index`];
      const found = candidates.find((id) => slugs.has(id));
      if (found !== undefined) return inside(found, anchor);
      report.links.missing += 1;
      return null;
    },
    image(path) {
      const picture = pictures.get(path);
      if (picture === undefined) return null;
      return { url: fileAddress(siteKey, picture.hash), width: picture.width, height: picture.height };
    },
  };
}

const anchorMaps = new WeakMap<Folder, Map<string, string[]>>();
function anchorsByFile(folder: Folder): Map<string, string[]> {
  const known = anchorMaps.get(folder);
  if (known !== undefined) return known;
  const map = new Map(folder.files.map((file) => [file.externalId, file.text.anchors]));
  anchorMaps.set(folder, map);
  return map;
}

async function writeBatch(
  { store, clock, site }: ImportOptions,
  drafts: readonly Draft[],
  pictures: ReadonlyMap<string, Picture>,
  report: ImportReport,
): Promise<void> {
  const { t } = store;
  const { articles: a } = t;
  const at = new Date(clock.now());
  const before = await store.read
    .select()
    .from(a)
    .where(
      and(
        eq(a.siteId, site.id),
        inArray(
          a.externalId,
          drafts.map(({ externalId }) => externalId),
        ),
      ),
    );
  const rows = new Map(before.map((row) => [`${row.locale}:${row.externalId}`, row]));
  const added: Draft[] = [];
  const changed: { id: string; draft: Draft }[] = [];
  for (const draft of drafts) {
    const row = rows.get(`${draft.locale}:${draft.externalId}`);
    if (row === undefined) added.push(draft);
    else if (!isSame(row, draft)) changed.push({ id: row.id, draft });
    else report.unchanged += 1;
  }
  report.added += added.length;
  report.changed += changed.length;
  if (added.length + changed.length + pictures.size === 0) return;
  await store.tx(async (db) => {
    for (const picture of pictures.values()) await putFile(db, t, { siteId: site.id, at, ...picture });
    for (const draft of added)
      await db.insert(a).values({ ...draft, id: randomUUIDv7(), views: 0, createdAt: at, updatedAt: at });
    for (const { id, draft } of changed)
      await db
        .update(a)
        .set({ ...draft, updatedAt: at })
        .where(eq(a.id, id));
  });
}

function isSame(row: ArticleRow, draft: Draft): boolean {
  for (const key of [
    'slug',
    'title',
    'section',
    'summary',
    'markdown',
    'translationKey',
    'position',
    'pinned',
    'status',
  ] as const)
    if (row[key] !== draft[key]) return false;
  return canonical(row.nodes) === canonical(draft.nodes);
}

/** Postgres gives the keys of JSON back in an order of its own. */
const canonical = (nodes: readonly RichNode[]): string =>
  JSON.stringify(nodes, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : value,
  );
