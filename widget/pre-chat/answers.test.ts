import { expect, test } from 'vitest';
import type { Core, Prefilled } from '../core.ts';
import type { Live } from '../live.ts';
import { type Answers, type Given, keepGiven, withAnswers } from './answers.ts';

const CHAT = 'chat-1';
type Head = { seq: number; status: 'open' | 'closed'; channel: 'chat' | 'email' };

/** A device that has answered `given`, on a page that has set `prefill`, with a chat that stands as `head`. */
function device(given: Given | null, prefill: Record<string, Prefilled> = {}, head?: Head) {
  const kept = new Map<string, unknown>();
  const sent: (Answers | undefined)[] = [];
  let verdict: (told: object) => void = () => {};
  const core = {
    kept: { get: (name: string) => kept.get(name), set: (name: string, value: unknown) => kept.set(name, value) },
    prefill: { value: prefill },
    session: { site: { preChat: { fields: [{ key: 'order_no' }] }, form: { consent: 'I agree' } } },
  } as unknown as Core;
  const live = {
    session: {
      conversations: new Map(head ? [[CHAT, head]] : []),
      on: (_: string, listener: typeof verdict) => {
        verdict = listener;
      },
    },
    send: async (_text: string, conversation: string, extras: { answers?: Answers } = {}) => {
      sent.push(extras.answers);
      return { type: 'message:send', conversation, ...extras };
    },
  } as unknown as Live;
  if (given) keepGiven(core, given);
  return {
    sent,
    send: withAnswers(core, live),
    refuse: () => verdict({ command: { answers: {} }, verdict: { type: 'reject' } }),
  };
}

const fresh: Given = { values: { name: 'Ann', order_no: 'QL-1' }, agreed: 'I agree', chat: '' };
const open: Head = { seq: 3, status: 'open', channel: 'chat' };

test.each<[string, Given | null, Record<string, Prefilled>, Head | undefined, Answers | undefined]>([
  ['nothing is known', null, {}, undefined, undefined],
  ['what was answered for it', fresh, {}, undefined, { name: 'Ann', order_no: 'QL-1', Consent: true }],
  ['also when an operator has written meanwhile', fresh, {}, open, { name: 'Ann', order_no: 'QL-1', Consent: true }],
  ['of an earlier chat only the person', { ...fresh, chat: 'chat-0' }, {}, undefined, { name: 'Ann', Consent: true }],
  ['nothing twice', { ...fresh, chat: CHAT }, {}, undefined, undefined],
  ['nothing into a chat that goes on', { ...fresh, chat: 'chat-0' }, {}, open, undefined],
  [
    'again where a chat begins again',
    { ...fresh, chat: 'chat-0' },
    {},
    { ...open, status: 'closed' },
    { name: 'Ann', Consent: true },
  ],
  [
    'nothing into an e-mail',
    { ...fresh, chat: 'chat-0' },
    {},
    { ...open, status: 'closed', channel: 'email' },
    undefined,
  ],
  ['other words were agreed to', { ...fresh, agreed: 'Else' }, {}, undefined, { name: 'Ann', order_no: 'QL-1' }],
  [
    'what the page has set for good, and not what it only proposes',
    null,
    {
      order_no: { value: 'QL-2', hidden: true },
      email: { value: 'a@b.example', readOnly: true },
      name: { value: 'Bo' },
    },
    undefined,
    { order_no: 'QL-2', email: 'a@b.example' },
  ],
])('[PQ2] what goes with the first message: %s', async (_, given, prefill, head, answers) => {
  const { send, sent } = device(given, prefill, head);
  await send('Hello', CHAT);
  expect(sent).toEqual([answers]);
});

test('[PQ2] they go once, however quickly one writes; after a refusal again', async () => {
  const { send, sent, refuse } = device(fresh);
  await Promise.all([send('One', CHAT), send('Two', CHAT)]);
  await send('Three', CHAT);
  expect(sent.filter(Boolean)).toHaveLength(1);
  refuse();
  await send('Four', CHAT);
  expect(sent.filter(Boolean)).toHaveLength(2);
});
