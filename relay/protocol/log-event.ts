import { z } from 'zod';
import { author, conversationStatus, instant, lastLine, person, uuid } from './entities.ts';

export const formValue = z.object({ key: z.string(), label: z.string(), value: z.string() });
export type FormValue = z.infer<typeof formValue>;

/** A file of a message or form; its bytes are read by an address that is asked for. */
export const attachedFile = z.object({
  id: uuid,
  name: z.string(),
  mime: z.string(),
  size: z.number().int(),
  /** Of pictures. */
  width: z.number().int().optional(),
  height: z.number().int().optional(),
});
export type AttachedFile = z.infer<typeof attachedFile>;

const eventHead = {
  /** The sender's command id (UUIDv7); several events of one command share it. */
  id: uuid,
  conversation: uuid,
  /** Number in the reader's audience, from 1, without gaps. */
  seq: z.number().int().min(1),
  /** The same event's number in the visitor's audience; staff only, absent when visitors never see it. */
  visitorSeq: z.number().int().min(1).optional(),
  at: instant,
  author,
};

const number = z.number().int().min(1);
/** Who changed a message after it was sent, and when; visitors are told the time alone. */
const changed = z.object({ at: instant, by: person.optional() });
/** Which message an event changes. */
const target = {
  /** Its number in the reader's audience. */
  message: number,
  /** Its number in the visitor's audience; staff only. */
  visitorMessage: number.optional(),
};

/** One entry of a conversation's log. */
export const logEvent = z.discriminatedUnion('type', [
  z.object({
    ...eventHead,
    type: z.literal('message'),
    /** As it is now; empty once it was deleted. */
    text: z.string(),
    files: z.array(attachedFile).optional(),
    /** The message it answers, with its words as they are now. */
    quote: z.object({ ...target, line: lastLine.optional() }).optional(),
    edited: changed.optional(),
    deleted: changed.optional(),
  }),
  z.object({
    ...eventHead,
    type: z.literal('form'),
    reference: z.string(),
    subject: z.string(),
    text: z.string(),
    fields: z.array(formValue),
    files: z.array(attachedFile).optional(),
  }),
  /** Staff only: what the visitor answered before the chat. `missing`: what the site requires and nobody knows. */
  z.object({
    ...eventHead,
    type: z.literal('pre-chat'),
    /** `label` is empty for name, email and phone. */
    fields: z.array(formValue),
    missing: z.array(formValue.omit({ value: true })),
  }),
  /** Staff only. */
  z.object({ ...eventHead, type: z.literal('assignment'), to: person.nullable(), from: person.nullable() }),
  /** `ended`: by an operator, for good; `solved`: by the visitor, who was asked. The relay closes what stayed unanswered. */
  z.object({
    ...eventHead,
    type: z.literal('status'),
    status: conversationStatus,
    ended: z.boolean().optional(),
    solved: z.boolean().optional(),
  }),
  /** The visitor is asked whether it is solved, or has said that it is not. */
  z.object({ ...eventHead, type: z.literal('solved'), said: z.enum(['asked', 'no']) }),
  /** 1 to 5; the last one counts. */
  z.object({ ...eventHead, type: z.literal('rating'), score: z.number().int(), comment: z.string() }),
  /** Staff only: taken for spam, or not any more. */
  z.object({ ...eventHead, type: z.literal('spam'), on: z.boolean() }),
  /** A message has another text; null where a later event has changed it again. */
  z.object({ ...eventHead, type: z.literal('edit'), ...target, text: z.string().nullable() }),
  z.object({ ...eventHead, type: z.literal('deletion'), ...target }),
]);
export type LogEvent = z.infer<typeof logEvent>;
export type LogEventType = LogEvent['type'];
