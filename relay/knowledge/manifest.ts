import { z } from 'zod';

/** What a `manifest.json` may say of an article; paths are relative to the folder that is imported. */
const entry = z.looseObject({
  id: z.string().optional(),
  path: z.string(),
  locale: z.string().optional(),
  title: z.string().trim().max(500).optional(),
  section: z.string().trim().max(500).optional(),
  summary: z.string().trim().max(2_000).optional(),
  translation_of: z.string().nullish(),
  pinned: z.boolean().optional(),
  slug: z.string().optional(),
  status: z.enum(['published', 'draft']).optional(),
});
export type ManifestEntry = z.infer<typeof entry>;

const manifest = z.union([
  z.array(z.unknown()),
  z.object({ articles: z.array(z.unknown()) }).transform(({ articles }) => articles),
]);

/** What a manifest says, by path without the ending; `null` when the text is not a manifest. Odd entries are left out. */
export function readManifest(text: string): Map<string, ManifestEntry & { position: number }> | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const list = manifest.safeParse(json);
  if (!list.success) return null;
  const entries = new Map<string, ManifestEntry & { position: number }>();
  list.data.forEach((item, position) => {
    const read = entry.safeParse(item);
    if (read.success) entries.set(withoutEnding(read.data.path), { ...read.data, position });
  });
  return entries;
}

/** `ru/billing.about.md` → `ru/billing.about`: what an imported article is called outside. */
export const withoutEnding = (path: string): string => path.replace(/^\.\//, '').replace(/\.(?:md|markdown)$/i, '');

/**
 * What ties an article to its translations. The manifest's `translation_of` may point to an original or in a circle;
 * the smallest id of the chain stands for all. Without it files of the same path in other languages belong together.
 */
export function translationKey(externalId: string, entries: ReadonlyMap<string, ManifestEntry>): string {
  if (entries.get(externalId)?.translation_of == null) {
    const isOriginal = [...entries.values()].some((other) => other.translation_of === externalId);
    return isOriginal ? externalId : externalId.replace(/^[^/]+\//, '*/');
  }
  const chain = [externalId];
  for (let next = entries.get(externalId)?.translation_of; next != null && !chain.includes(next); ) {
    chain.push(next);
    next = entries.get(next)?.translation_of;
  }
  return chain.sort()[0] ?? externalId;
}
