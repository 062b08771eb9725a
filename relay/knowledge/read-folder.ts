import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, posix, sep } from 'node:path';
import { FrontdeskError } from '../protocol/errors.ts';
import { localeCode } from '../protocol/site-settings.ts';
import { type ManifestEntry, readManifest, withoutEnding } from './manifest.ts';
import { type MarkdownText, readMarkdown } from './markdown/read.ts';

/** A Markdown file that was left out, and why, in a sentence. */
export interface Skipped {
  path: string;
  reason: string;
}

/** A file of the folder, read. Paths are relative to the folder, with `/`. */
export interface ArticleFile {
  path: string;
  externalId: string;
  locale: string;
  source: string;
  text: MarkdownText;
  entry: (ManifestEntry & { position: number }) | undefined;
}

export interface Folder {
  /** The folder's real path. */
  root: string;
  files: ArticleFile[];
  skipped: Skipped[];
  entries: ReadonlyMap<string, ManifestEntry & { position: number }>;
}

/** Bytes of one file. */
const LARGEST = 1024 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a knowledge base from a folder: its subfolders named like languages, or the one of `locale` alone; a folder
 * without such subfolders is wholly of `locale`. Throws `bad-request` when it cannot tell the language or the folder
 * is not there.
 */
export async function readFolder(dir: string, locale: string | undefined): Promise<Folder> {
  const root = await realpath(dir).catch(() => null);
  if (root === null || !(await stat(root)).isDirectory()) throw refusal(`There is no folder ${dir}.`);
  const entries = (await manifestOf(root)) ?? new Map();
  const folder: Folder = { root, files: [], skipped: [], entries };
  for (const { path, locale: of } of await places(root, locale)) await readPlace(folder, path, of);
  return folder;
}

const refusal = (message: string): FrontdeskError => new FrontdeskError('bad-request', message);

async function manifestOf(root: string): Promise<ReturnType<typeof readManifest>> {
  const text = await readFile(join(root, 'manifest.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const entries = readManifest(text);
  if (entries === null) throw refusal('manifest.json is not a list of articles; repair it or take it away.');
  return entries;
}

async function places(root: string, locale: string | undefined): Promise<{ path: string; locale: string }[]> {
  if (locale !== undefined && !localeCode.safeParse(locale).success)
    throw refusal(`Articles can be in ${localeCode.options.join(', ')}; «${locale.slice(0, 20)}» is none of them.`);
  const folders = (await readdir(root, { withFileTypes: true }))
    .filter((item) => item.isDirectory())
    .map(({ name }) => name);
  const named = localeCode.options.filter((code) => folders.includes(code));
  if (locale !== undefined)
    return [named.some((code) => code === locale) ? { path: locale, locale } : { path: '', locale }];
  if (named.length === 0)
    throw refusal(`No folder in ${root} is named like a language (${localeCode.options.join(', ')}); say --locale.`);
  return named.map((code) => ({ path: code, locale: code }));
}

async function readPlace(folder: Folder, path: string, locale: string): Promise<void> {
  const items = await readdir(join(folder.root, path), { recursive: true, withFileTypes: true });
  const paths = items
    .filter((item) => item.isFile() && /\.(?:md|markdown)$/i.test(item.name))
    .map((item) =>
      join(item.parentPath, item.name)
        .slice(folder.root.length + 1)
        .split(sep)
        .join(posix.sep),
    )
    .filter((file) => !file.split('/').some((part) => part.startsWith('.') || part === 'node_modules'))
    .sort();
  for (const file of paths) {
    const read = await readSource(join(folder.root, file));
    if ('reason' in read) {
      folder.skipped.push({ path: file, reason: read.reason });
      continue;
    }
    const externalId = withoutEnding(file);
    const text = readMarkdown(read.source);
    if (text.title === '') text.title = basename(externalId);
    folder.files.push({
      path: file,
      externalId,
      locale,
      source: read.source,
      text,
      entry: folder.entries.get(externalId),
    });
  }
}

async function readSource(path: string): Promise<{ source: string } | { reason: string }> {
  const { size } = await stat(path);
  if (size > LARGEST) return { reason: `It is larger than 1 MiB (${Math.ceil(size / 1024)} KiB).` };
  const bytes = await readFile(path);
  try {
    const source = utf8.decode(bytes);
    if (source.includes('\0')) return { reason: 'It is not text.' };
    return source.trim() === '' ? { reason: 'It is empty.' } : { source };
  } catch {
    return { reason: 'It is not UTF-8 text.' };
  }
}
