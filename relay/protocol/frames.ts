import { z } from 'zod';
import {
  attributes,
  availability,
  conversationSummary,
  instant,
  onSiteVisitor,
  presenceStatus,
  uuid,
  viewCounts,
  visitorConversation,
} from './entities.ts';
import { ERRORS, type ErrorCode } from './errors.ts';
import { LIMITS } from './limits.ts';
import { logEvent } from './log-event.ts';
import { field, longField, page, text, whole, words } from './texts.ts';

/* Every frame is declared here and nowhere else. Clients import the types only, so zod stays on the relay. */

const count = z.number().int().min(0);
const runningNumber = z.number().int().min(1);
/** Ids of uploads. */
const files = z.array(uuid).max(LIMITS.files).optional();
/** The number, in the sender's audience, of a message that is quoted. */
const quote = runningNumber.optional();

/** A sender's outbox: its id, and the smallest number without a verdict (everything below has one). */
export const outboxHead = z.object({ id: uuid, next: runningNumber });
/** What a client already has of a conversation. */
export const resumePoint = z.object({ conversation: uuid, seq: count });
export type ResumePoint = z.infer<typeof resumePoint>;

const helloCommon = {
  type: z.literal('hello'),
  protocol: z.number().int(),
  site: z.string().min(1).max(64),
  outbox: outboxHead,
  /** Epoch the resume points are of; empty on the first visit. */
  epoch: z.string().max(64),
  resume: z.array(resumePoint).max(LIMITS.followed),
};
export const visitorHello = z.object({ ...helloCommon, role: z.literal('visitor'), token: z.string().max(200), page });
export const operatorHello = z.object({
  ...helloCommon,
  role: z.literal('operator'),
  /** Last change number seen of the site's lists; absent: none. */
  change: count.optional(),
});
export type VisitorHello = z.infer<typeof visitorHello>;
export type OperatorHello = z.infer<typeof operatorHello>;

/* Commands: durable, carried by an outbox, answered by `ack` or `reject`. */
const commandHead = { id: uuid, n: runningNumber };

/** What a field of a form holds; several values of a multiselect as an array. */
const fieldValue = z.union([longField, z.array(z.string().max(200).overwrite(whole)).max(100), z.boolean()]);
const fieldKey = z.string().max(40).overwrite(whole);

const visitorMessage = z.object({
  ...commandHead,
  type: z.literal('message:send'),
  conversation: uuid,
  text: words,
  /** The invitation this answers: its text is written into the conversation first. */
  trigger: uuid.optional(),
  files,
  quote,
  /** What was answered before the chat: `name`, `email`, `phone`, the site's own fields by key, `Consent` for the box. */
  answers: z
    .record(fieldKey, fieldValue)
    .refine((given) => Object.keys(given).length <= 30, 'at most 30')
    .optional(),
});
const formSubmit = z.object({
  ...commandHead,
  type: z.literal('form:submit'),
  locale: z.string().max(20),
  name: field,
  email: field,
  subject: field,
  message: longField,
  /** By the key of the site's field. */
  fields: z.record(fieldKey, fieldValue),
  page,
  files,
  /** The box of the site's form was ticked. */
  consent: z.boolean().optional(),
  /** What stood in a field that nobody sees. */
  trap: field.optional(),
  /** Milliseconds between its showing and its sending. */
  shownMs: count.optional(),
  /** The answer to the challenge of a refusal. */
  proof: z.object({ challenge: z.string().max(200), nonce: z.string().max(20) }).optional(),
});
const operatorMessage = z.object({
  ...commandHead,
  type: z.literal('message:send'),
  conversation: uuid,
  text: words,
  files,
  quote,
});
const onConversation = <T extends string>(type: T) =>
  z.object({ ...commandHead, type: z.literal(type), conversation: uuid });

export const visitorCommand = z.discriminatedUnion('type', [
  visitorMessage,
  formSubmit,
  onConversation('conversation:close'),
  onConversation('conversation:rate').extend({
    score: z.number().int().min(1).max(5),
    comment: z.string().overwrite(whole).trim().max(LIMITS.commentChars).default(''),
  }),
  onConversation('conversation:solved').extend({ yes: z.boolean() }),
]);
export const operatorCommand = z.discriminatedUnion('type', [
  operatorMessage,
  onConversation('conversation:take'),
  onConversation('conversation:assign').extend({ operator: uuid }),
  onConversation('conversation:return'),
  onConversation('conversation:close'),
  onConversation('conversation:reopen'),
  onConversation('conversation:spam'),
  onConversation('conversation:not-spam'),
  /** `message`: the staff's number of it. */
  onConversation('message:edit').extend({ message: runningNumber, text }),
  onConversation('message:delete').extend({ message: runningNumber }),
]);
export type VisitorCommand = z.infer<typeof visitorCommand>;
export type OperatorCommand = z.infer<typeof operatorCommand>;
export type Command = VisitorCommand | OperatorCommand;
/** Distributes over the union, so that each command loses its head and keeps its own fields. */
type Headless<C> = C extends unknown ? Omit<C, 'id' | 'n'> : never;
/** A command before its outbox has given it an id and a number. */
export type Draft<C extends Command = Command> = Headless<C>;

/* Signs: may be lost, never acknowledged. */
const typing = z.object({ type: z.literal('typing'), conversation: uuid, on: z.boolean() });
/** How far this side has got and read, in the visitor's numbers. */
const mark = z.object({ type: z.literal('mark'), conversation: uuid, delivered: count, read: count });
const pong = z.object({ type: z.literal('pong') });

/** The conversations this socket shows and what it has of each; it gets what it lacks as `replay`, then live. */
const follow = z.object({ type: z.literal('follow'), conversations: z.array(resumePoint).max(LIMITS.followed) });

export const visitorSign = z.discriminatedUnion('type', [
  typing,
  mark,
  pong,
  follow,
  z.object({ type: z.literal('page'), page }),
  /** Something happened on the page, by the page's word. */
  z.object({
    type: z.literal('track'),
    name: z.string().overwrite(whole).trim().min(1).max(LIMITS.trackChars),
    data: attributes.refine((given) => Object.keys(given).length <= 20, 'at most 20').default({}),
  }),
  /** How does the queue stand for this chat of mine? Told as long as it waits. */
  z.object({ type: z.literal('queue'), conversation: uuid }),
  z.object({ type: z.literal('invitation'), trigger: uuid, outcome: z.enum(['shown', 'accepted', 'dismissed']) }),
  /** Another tab shares this line: the welcome is wanted again, and what that tab has not got of its conversations. */
  z.object({ type: z.literal('tab'), page, resume: z.array(resumePoint).max(LIMITS.followed) }),
  /** The page goes away now: sooner known than by a socket that breaks. */
  z.object({ type: z.literal('bye') }),
]);
export const operatorSign = z.discriminatedUnion('type', [
  typing,
  mark,
  pong,
  follow,
  z.object({ type: z.literal('status'), status: presenceStatus }),
]);
export type VisitorSign = z.infer<typeof visitorSign>;
export type OperatorSign = z.infer<typeof operatorSign>;

export type VisitorFrame = VisitorHello | VisitorCommand | VisitorSign;
export type OperatorFrame = OperatorHello | OperatorCommand | OperatorSign;
export type ClientFrame = VisitorFrame | OperatorFrame;

/* Relay to client. */
const errorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);
const wireError = {
  code: errorCode,
  message: z.string(),
  field: z.string().optional(),
  operator: z.object({ id: uuid, name: z.string() }).optional(),
  retryAfterMs: z.number().optional(),
  challenge: z.string().optional(),
};

const welcomeCommon = {
  type: z.literal('welcome'),
  protocol: z.number().int(),
  epoch: z.string(),
  heartbeatMs: z.number(),
  now: instant,
  /** The number the relay looks at next of this outbox. */
  next: runningNumber,
};
export const visitorWelcome = z.object({
  ...welcomeCommon,
  role: z.literal('visitor'),
  visitor: uuid,
  /** The chat that is theirs to write in; it may have no record yet (seq 0). */
  conversation: uuid,
  conversations: z.array(visitorConversation),
  availability,
});
export const operatorWelcome = z.object({
  ...welcomeCommon,
  role: z.literal('operator'),
  operator: uuid,
  status: presenceStatus,
  change: count,
  counts: viewCounts,
});

export type VisitorWelcome = z.infer<typeof visitorWelcome>;

/** The verdict «stored»: `seq` in the sender's audience, `at` the relay's time. `reference` of a form. */
const ack = z.object({
  type: z.literal('ack'),
  id: uuid,
  n: runningNumber,
  conversation: uuid,
  seq: count,
  at: instant,
  reference: z.string().optional(),
});
export type Ack = z.infer<typeof ack>;
/** The verdict «refused»: final, and counted as a number taken. */
const reject = z.object({ type: z.literal('reject'), id: uuid, n: runningNumber, ...wireError });
export type Reject = z.infer<typeof reject>;
/** No verdict: nothing was stored and the number is still open. Send again from `next`, after `retryAfterMs`. */
const retry = z.object({ type: z.literal('retry'), id: uuid, n: runningNumber, next: runningNumber, ...wireError });
export type Retry = z.infer<typeof retry>;

export const relayFrame = z.union([
  z.discriminatedUnion('type', [
    ack,
    reject,
    retry,
    z.object({ type: z.literal('event'), event: logEvent }),
    /** A page of what was missed, oldest first; `more`: another page follows by itself. */
    z.object({
      type: z.literal('replay'),
      conversation: uuid,
      events: z.array(logEvent),
      top: count,
      more: z.boolean(),
    }),
    /** What the client has cannot be continued: drop it and load anew. */
    z.object({ type: z.literal('resync'), conversation: uuid.nullable() }),
    z.object({
      type: z.literal('typing'),
      conversation: uuid,
      on: z.boolean(),
      author: z.object({ kind: z.enum(['visitor', 'operator']), id: uuid, name: z.string() }),
    }),
    /** How far a side has got, in the visitor's numbers. */
    z.object({
      type: z.literal('mark'),
      conversation: uuid,
      side: z.enum(['visitor', 'staff']),
      delivered: count,
      read: count,
    }),
    /** Top number of each conversation this socket follows. */
    z.object({ type: z.literal('heartbeat'), tops: z.record(uuid, count), change: count.optional() }),
    z.object({ type: z.literal('error'), ...wireError }),
    /** The relay closes this line soon; come back after so many milliseconds. */
    z.object({ type: z.literal('goodbye'), retryAfterMs: z.number() }),
    z.object({ type: z.literal('availability'), availability }),
    /** Visitor: how the queue stands for a chat of theirs; both are null where there is nothing honest to say. */
    z.object({
      type: z.literal('queue'),
      conversation: uuid,
      place: runningNumber.nullable(),
      /** In how many minutes chats are answered lately. */
      waitMinutes: runningNumber.nullable(),
    }),
    /** Visitor: a conversation of theirs came to be or changed its head. */
    z.object({
      type: z.literal('conversation'),
      conversation: visitorConversation,
      current: uuid,
    }),
    /** Staff: rows of the lists as they are after the site's changes `from` to `to`, which count up by one. */
    z.object({ type: z.literal('changes'), from: count, to: count, conversations: z.array(conversationSummary) }),
    z.object({ type: z.literal('counts'), counts: viewCounts }),
    /** Staff: who came to, moved on, or left the site. `all`: this is everybody. */
    z.object({ type: z.literal('on-site'), all: z.boolean(), here: z.array(onSiteVisitor), gone: z.array(uuid) }),
    z.object({ type: z.literal('presence'), operators: z.record(uuid, presenceStatus) }),
    /** Staff: operators, triggers or settings were edited; load them anew. */
    z.object({ type: z.literal('edited'), what: z.enum(['operators', 'triggers', 'site', 'articles']) }),
  ]),
  z.discriminatedUnion('role', [visitorWelcome, operatorWelcome]),
]);
export type RelayFrame = z.infer<typeof relayFrame>;
export type RelayFrameOf<T extends RelayFrame['type']> = Extract<RelayFrame, { type: T }>;
