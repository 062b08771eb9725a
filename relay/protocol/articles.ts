import { z } from 'zod';
import { instant } from './entities.ts';
import { localeCode } from './site-settings.ts';

/** A node of a rendered text; the widget and the console turn it into elements, never HTML. */
export type RichNode = string | RichElement;
export interface RichElement {
  /** Tag: p h2 h3 h4 ul ol li a strong em s code pre blockquote table thead tbody tr th td img br hr video. */
  t: string;
  /** Children. */
  c?: RichNode[] | undefined;
  /** href of `a` (http, https, mailto, tel, or `#article/SLUG#anchor`), src of `img`, address of `video`. */
  u?: string | undefined;
  /** `alt` of `img`; language of `pre`; title of `video`. */
  a?: string | undefined;
  /** Width and height of `img` in CSS pixels, when known, so that nothing jumps. */
  w?: number | undefined;
  h?: number | undefined;
  /** Anchor of a heading. */
  id?: string | undefined;
  /** Column and row span, first number of `ol`. */
  cs?: number | undefined;
  rs?: number | undefined;
  n?: number | undefined;
}
export const richNode: z.ZodType<RichNode> = z.lazy(() =>
  z.union([
    z.string(),
    z.object({
      t: z.string(),
      c: z.array(richNode).optional(),
      u: z.string().optional(),
      a: z.string().optional(),
      w: z.number().optional(),
      h: z.number().optional(),
      id: z.string().optional(),
      cs: z.number().optional(),
      rs: z.number().optional(),
      n: z.number().optional(),
    }),
  ]),
);

/** An article in a list of results. `snippet` marks hits with U+E000 before and U+E001 after. */
export const articleHit = z.object({
  slug: z.string(),
  title: z.string(),
  section: z.string(),
  snippet: z.string(),
  externalId: z.string().nullable(),
});
export type ArticleHit = z.infer<typeof articleHit>;

export const article = z.object({
  slug: z.string(),
  locale: localeCode,
  title: z.string(),
  section: z.string(),
  externalId: z.string().nullable(),
  updatedAt: instant,
  nodes: z.array(richNode),
  /** The same article in other languages, by locale. */
  translations: z.partialRecord(localeCode, z.string()),
});
export type Article = z.infer<typeof article>;
