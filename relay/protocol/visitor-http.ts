import { z } from 'zod';
import { attributeChange, availability, instant, uuid } from './entities.ts';
import { LIMITS } from './limits.ts';
import { publicSite, publicTrigger } from './public-site.ts';
import { localeCode } from './site-settings.ts';
import { field, page, words } from './texts.ts';

/* What the widget asks over HTTP, and what it is answered. */

/** Whether a visitor lets us keep something: they do, they have not said, they do not. */
export const consentState = z.enum(['granted', 'wait', 'denied']);
/** What the loader asks first on every page. */
export const sessionRequest = z.object({
  site: z.string().min(1).max(64),
  /** Left out where `consent` lets nothing be kept. */
  page: page.prefault({ url: '', title: '' }),
  /** `wait` and `denied`: nothing may be kept of who asks. */
  consent: consentState.default('granted'),
  /** The page's language, else the browser's. */
  locale: z.string().max(35).default(''),
  /** The launcher's icon as the page names it. */
  icon: z.string().max(4_000).default(''),
  timeZone: z.string().max(64).default(''),
  screen: z.string().max(32).default(''),
  /** From `navigator.userAgentData`, where there is one. */
  hints: z
    .object({
      platform: z.string().max(64),
      version: z.string().max(32),
      model: z.string().max(64),
      mobile: z.boolean(),
    })
    .partial()
    .optional(),
});
export type SessionRequest = z.input<typeof sessionRequest>;

/** Who the visitor is: `token` of the site's server proves it, `person` is what the page says of somebody unproved. */
export const identifyRequest = z.object({
  site: z.string().min(1).max(64),
  token: z.string().max(10_000).optional(),
  person: z
    .object({ name: field.nullable(), email: z.union([z.email().max(320), z.null()]), phone: field.nullable() })
    .partial()
    .optional(),
  /** What the page says of the visitor; signed ones stay as they were signed. */
  attributes: attributeChange.optional(),
  /** What the page says of the conversation that is theirs to write in. */
  conversation: attributeChange.optional(),
});
const chatHead = z.object({ id: uuid, exists: z.boolean(), unread: z.number().int(), seq: z.number().int() });
/** What a visitor's own page is told of them. */
const toldVisitor = z.object({
  id: uuid,
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});
export const identifyReply = z.object({
  /** Only when the device became another visitor's: it takes the place of the one before. */
  token: z.string().optional(),
  visitor: toldVisitor.extend({ verified: z.boolean() }),
  conversation: chatHead,
});
export type IdentifyReply = z.infer<typeof identifyReply>;

export const sessionReply = z.object({
  /** Only when it is new: keep it. */
  token: z.string().optional(),
  visitor: toldVisitor,
  visitNumber: z.number().int(),
  /** When this visit began, for rules about the time on the site. */
  visitStartedAt: instant,
  now: instant,
  site: publicSite,
  availability,
  conversation: chatHead,
  triggers: z.array(publicTrigger),
  /** Nothing was kept and nobody is known by it: a crawler, or somebody who has not consented. No socket, no list. */
  quiet: z.boolean(),
});
export type SessionReply = z.infer<typeof sessionReply>;

const onSite = { site: z.string().min(1).max(64), locale: localeCode };
/** The visitor reads an article. */
export const articleView = z.object(onSite);
/** What they have said of it before. */
export const articleViewReply = z.object({ helped: z.boolean().nullable() });
export type ArticleViewReply = z.infer<typeof articleViewReply>;
/** Whether it helped, and what was missing. */
export const articleVote = z.object({
  ...onSite,
  helped: z.boolean(),
  comment: words.max(LIMITS.commentChars).optional(),
});
/** A search that found nothing, when the visitor has stopped typing. */
export const failedSearch = z.object({ ...onSite, query: words.max(1_000) });
