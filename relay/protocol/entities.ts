import { z } from 'zod';
import { triggerInput } from './site-settings.ts';

/** ISO 8601 in UTC with milliseconds, as `Date.toISOString()` makes it. */
export const instant = z.iso.datetime();
export const uuid = z.uuid();

export const conversationStatus = z.enum(['open', 'closed']);
export type ConversationStatus = z.infer<typeof conversationStatus>;
export const conversationChannel = z.enum(['chat', 'email']);
export type ConversationChannel = z.infer<typeof conversationChannel>;

export const operatorRole = z.enum(['owner', 'operator']);
export type OperatorRole = z.infer<typeof operatorRole>;
/** What an operator says of themself; `offline` is also what the relay sees when no socket is left. */
export const presenceStatus = z.enum(['online', 'away', 'offline']);
export type PresenceStatus = z.infer<typeof presenceStatus>;

/** How an identity token may be signed. */
export const identityAlgorithm = z.enum(['HS256', 'ES256', 'EdDSA']);
export type IdentityAlgorithm = z.infer<typeof identityAlgorithm>;

const attributeName = z.string().regex(/^[a-zA-Z][\w.-]{0,49}$/, 'a letter, then letters, digits, _, . or -');
const attributeText = z
  .string()
  .max(500)
  .overwrite((text) => text.replace(/\p{Surrogate}|\0/gu, '\ufffd'));
/** Custom attributes as they are kept. */
export const attributes = z.record(attributeName, z.union([attributeText, z.number(), z.boolean()]));
export type Attributes = z.infer<typeof attributes>;
/** A change of attributes; null removes one. */
export const attributeChange = z
  .record(attributeName, z.union([attributeText, z.number(), z.boolean(), z.null()]))
  .refine((given) => Object.keys(given).length <= 50, 'at most 50 at once');

export const person = z.object({ id: uuid, name: z.string() });
export type Person = z.infer<typeof person>;

/** Who wrote an event. `trigger`: an invitation that spoke by itself; `relay`: the product. */
export const author = z.object({
  kind: z.enum(['visitor', 'operator', 'trigger', 'relay']),
  id: uuid.nullable(),
  name: z.string(),
});
export type Author = z.infer<typeof author>;

/** The last thing said, for lists and quotes. */
export const lastLine = z.object({
  author: author.shape.kind,
  name: z.string(),
  text: z.string(),
  deleted: z.literal(true).optional(),
  /** How many files it has. */
  files: z.number().int().optional(),
});

/** What goes along unseen: of the visit, and copied to a conversation when it begins. */
export const metadata = z.object({
  ip: z.string(),
  country: z.string().nullable(),
  city: z.string().nullable(),
  browser: z.string().nullable(),
  os: z.string().nullable(),
  device: z.string().nullable(),
  userAgent: z.string(),
  pageUrl: z.string(),
  pageTitle: z.string(),
  landingUrl: z.string(),
  referrer: z.string(),
  utm: z.record(z.string(), z.string()),
  language: z.string().nullable(),
  timeZone: z.string().nullable(),
  screen: z.string().nullable(),
});
export type Metadata = z.infer<typeof metadata>;

/** A row of the console's lists. */
export const conversationSummary = z.object({
  id: uuid,
  channel: conversationChannel,
  status: conversationStatus,
  subject: z.string().nullable(),
  reference: z.string().nullable(),
  visitor: z.object({
    id: uuid,
    name: z.string().nullable(),
    email: z.string().nullable(),
    number: z.number().int(),
    /** The site's server has proved who it is. */
    verified: z.boolean(),
  }),
  assignee: person.nullable(),
  createdAt: instant,
  lastEventAt: instant,
  /** Since when somebody waits for an answer; null when it is the visitor's turn. */
  waitingSince: instant.nullable(),
  lastLine: lastLine.nullable(),
  staffSeq: z.number().int(),
  visitorSeq: z.number().int(),
  /** In the visitor's numbers: how far each side has got and read. */
  marks: z.object({
    visitorDelivered: z.number().int(),
    visitorRead: z.number().int(),
    staffDelivered: z.number().int(),
    staffRead: z.number().int(),
  }),
  /** Visitor's messages that no operator has read. */
  unread: z.number().int(),
  rating: z.object({ score: z.number().int(), comment: z.string() }).nullable(),
  spam: z.boolean(),
  /** When it closes by itself: the visitor is asked whether it is solved. */
  closesAt: instant.nullable(),
});
export type ConversationSummary = z.infer<typeof conversationSummary>;

export const pageView = z.object({ url: z.string(), title: z.string(), at: instant, leftAt: instant.nullable() });
export type PageView = z.infer<typeof pageView>;

/** Something a page told of a visit: `Frontdesk('track', name, data)`. */
export const visitEvent = z.object({ name: z.string(), data: attributes, at: instant });
export type VisitEvent = z.infer<typeof visitEvent>;

export const visit = z.object({
  id: uuid,
  number: z.number().int(),
  startedAt: instant,
  lastSeenAt: instant,
  metadata,
  pages: z.array(pageView),
  events: z.array(visitEvent),
});
export type Visit = z.infer<typeof visit>;

/** The visitor's card beside a conversation. */
export const visitorCard = z.object({
  id: uuid,
  /** Counts visitors of the site, so that a nameless one can be called «Visitor 12». */
  number: z.number().int(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  verified: z.boolean(),
  /** What the page or the site's server said of them, and which of it was proved. */
  attributes,
  signed: z.array(z.string()),
  firstSeenAt: instant,
  lastSeenAt: instant,
  visitNumber: z.number().int(),
  /** The chat that is theirs to write in; its record may not exist yet. */
  conversation: uuid,
  visits: z.array(visit),
  conversations: z.array(conversationSummary),
});
export type VisitorCard = z.infer<typeof visitorCard>;

/** Somebody who is on the site now. */
export const onSiteVisitor = z.object({
  visitor: uuid,
  number: z.number().int(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  verified: z.boolean(),
  conversation: uuid,
  /** Whether the conversation has an event yet. */
  hasConversation: z.boolean(),
  visitNumber: z.number().int(),
  arrivedAt: instant,
  pageAt: instant,
  pageUrl: z.string(),
  pageTitle: z.string(),
  pagesSeen: z.number().int(),
  referrer: z.string(),
  utm: z.record(z.string(), z.string()),
  country: z.string().nullable(),
  city: z.string().nullable(),
  browser: z.string().nullable(),
  os: z.string().nullable(),
  device: z.string().nullable(),
  language: z.string().nullable(),
});
export type OnSiteVisitor = z.infer<typeof onSiteVisitor>;

/** Counts for the console's views; `mine` is found under the operator's own id. */
export const viewCounts = z.object({
  unassigned: z.number().int(),
  all: z.number().int(),
  closed: z.number().int(),
  mine: z.record(uuid, z.number().int()),
});
export type ViewCounts = z.infer<typeof viewCounts>;

export const operator = z.object({
  id: uuid,
  name: z.string(),
  email: z.string(),
  role: operatorRole,
  status: presenceStatus,
  createdAt: instant,
  deletedAt: instant.nullable(),
});
export type Operator = z.infer<typeof operator>;

/** Whether chat can be answered now, and by whom; `backAt`: when the site opens, while it is closed by its hours. */
export const availability = z.object({
  online: z.boolean(),
  operators: z.array(person).max(20),
  backAt: instant.nullable(),
});
export type Availability = z.infer<typeof availability>;

export const trigger = triggerInput.extend({
  id: uuid,
  createdAt: instant,
  counts: z.object({ shown: z.number().int(), accepted: z.number().int(), dismissed: z.number().int() }),
});
export type Trigger = z.infer<typeof trigger>;

/** A conversation as its visitor sees it in lists. */
export const visitorConversation = z.object({
  id: uuid,
  channel: conversationChannel,
  status: conversationStatus,
  subject: z.string().nullable(),
  reference: z.string().nullable(),
  createdAt: instant,
  lastEventAt: instant,
  lastLine: lastLine.nullable(),
  /** Top number in the visitor's audience. */
  seq: z.number().int(),
  unread: z.number().int(),
  marks: z.object({ staffDelivered: z.number().int(), staffRead: z.number().int(), visitorRead: z.number().int() }),
  operator: person.nullable(),
  /** An operator has ended it for good: nothing more can be written. */
  ended: z.boolean(),
  /** What the visitor is asked: how it was (closed, and not rated since), or whether it is solved. */
  asks: z.enum(['rating', 'solved']).nullable(),
});
export type VisitorConversation = z.infer<typeof visitorConversation>;
