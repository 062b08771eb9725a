import { z } from 'zod';
import { LIMITS } from './limits.ts';

/**
 * Texts as every engine keeps them: Postgres takes no NUL and no half of a pair, which pages make when they cut a title
 * anywhere. Nobody types them; each becomes the sign for what cannot be shown.
 */
export const whole = (text: string) => text.replace(/\p{Surrogate}|\0/gu, '\ufffd');
const address = z.string().max(LIMITS.urlChars).overwrite(whole);
/** The page a visitor looks at. */
export const page = z.object({
  url: address,
  title: z.string().max(LIMITS.titleChars).overwrite(whole),
  referrer: address.default(''),
});
export type Page = z.infer<typeof page>;

export const text = z.string().overwrite(whole).trim().min(1).max(LIMITS.messageChars);
/** Words of a message, which may be none where it has files. */
export const words = z.string().overwrite(whole).trim().max(LIMITS.messageChars);
export const field = z.string().max(LIMITS.fieldChars).overwrite(whole);
export const longField = z.string().max(LIMITS.longFieldChars).overwrite(whole);
