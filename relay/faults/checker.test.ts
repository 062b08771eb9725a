import { expect, test } from 'vitest';
import { check, RULES, type Rule } from './checker.ts';
import type { History } from './history.ts';

const [chat, other] = ['chat-1', 'chat-2'];

/**
 * A sound history: a visitor wrote two messages, an operator took the conversation and answered; another visitor looked
 * on in a conversation of their own.
 */
function sound(): History {
  const event = (seq: number, visitorSeq: number | null, type: string, command: string, text: string | null) => ({
    ...{ conversation: chat, seq, visitorSeq, type, command, text },
    authorKind: command.startsWith('v') ? 'visitor' : 'operator',
    sender: command.startsWith('v') ? 'visitor' : 'operator',
  });
  const seen = [
    { s: 1, id: 'v1', t: 'message', x: 'hello' },
    { s: 2, id: 'v2', t: 'message', x: 'there' },
    { s: 3, id: 'o2', t: 'message', x: 'yes' },
  ];
  const staff = [
    { s: 1, id: 'v1', t: 'message', x: 'hello' },
    { s: 2, id: 'v2', t: 'message', x: 'there' },
    { s: 3, id: 'o1', t: 'assignment' },
    { s: 4, id: 'o2', t: 'message', x: 'yes' },
  ];
  const shown = (all: { s: number; id: string; t: string; x?: string }[]) => [
    { k: 'page' as const },
    ...all.map(({ s, id, t }) => ({ k: 'got' as const, c: chat, s, id, t })),
    ...all.map((line) => ({ k: 'show' as const, c: chat, ...line })),
    { k: 'list' as const, c: chat, all: all.map(({ s, id }): [number, string] => [s, id]) },
    { k: 'end' as const, pending: 0 },
  ];
  return {
    durability: ['synchronous=FULL'],
    clients: [
      {
        name: 'visitor-00',
        kind: 'visitor',
        lines: [
          { k: 'sent', id: 'v1', n: 1, c: chat, t: 'message:send', x: 'hello' },
          { k: 'sent', id: 'v2', n: 2, c: chat, t: 'message:send', x: 'there' },
          { k: 'ack', id: 'v1', c: chat, s: 1 },
          { k: 'ack', id: 'v2', c: chat, s: 2 },
          { k: 'ack', id: 'v2', c: chat, s: 2 },
          ...shown(seen),
        ],
      },
      { name: 'visitor-01', kind: 'visitor', lines: [{ k: 'list', c: other, all: [] }] },
      {
        name: 'operator-00',
        kind: 'operator',
        lines: [
          { k: 'sent', id: 'o1', n: 1, c: chat, t: 'conversation:take', may: true },
          { k: 'sent', id: 'o2', n: 2, c: chat, t: 'message:send', x: 'yes' },
          { k: 'sent', id: 'o3', n: 3, c: chat, t: 'conversation:take', may: true },
          { k: 'ack', id: 'o1', c: chat, s: 3 },
          { k: 'ack', id: 'o2', c: chat, s: 4 },
          { k: 'reject', id: 'o3', code: 'already-taken' },
          // It was so already: acknowledged where the conversation stood.
          { k: 'sent', id: 'o4', n: 4, c: chat, t: 'conversation:reopen', may: true },
          { k: 'ack', id: 'o4', c: chat, s: 4 },
          ...shown(staff),
        ],
      },
    ],
    events: [
      event(1, 1, 'message', 'v1', 'hello'),
      event(2, 2, 'message', 'v2', 'there'),
      event(3, null, 'assignment', 'o1', null),
      event(4, 3, 'message', 'o2', 'yes'),
    ],
    commands: [
      { command: 'o4', sender: 'operator', conversation: chat, seq: 4, visitorSeq: null, refused: false },
      { command: 'o3', sender: 'operator', conversation: null, seq: null, visitorSeq: null, refused: true },
    ],
    conversations: [{ id: chat, staffSeq: 4, visitorSeq: 3 }],
  };
}

type Line = History['clients'][number]['lines'][number];
const line = <K extends Line['k']>(history: History, client: number, k: K, id?: string) =>
  history.clients[client]?.lines.find((one) => one.k === k && (id === undefined || ('id' in one && one.id === id))) as
    | Extract<Line, { k: K }>
    | undefined;
const without = (history: History, client: number, k: Line['k'], id: string) => {
  const of = history.clients[client];
  if (of) of.lines = of.lines.filter((one) => !(one.k === k && 'id' in one && one.id === id));
};
const show = (s: number, id: string, x: string) => ({ k: 'show' as const, c: chat, s, id, t: 'message', x });

/** What breaks each rule, and that rule alone. */
const BROKEN: Record<Rule, (history: History) => unknown> = {
  // Its event and its place in every list are gone; the verdict's row says it was there.
  lost: (h) => {
    h.events.splice(3, 1);
    h.conversations = [{ id: chat, staffSeq: 3, visitorSeq: 2 }];
    for (const client of h.clients)
      client.lines = client.lines
        .filter((one) => one.k !== 'show' || one.id !== 'o2')
        .map((one) => (one.k === 'list' ? { ...one, all: one.all.filter(([, id]) => id !== 'o2') } : one));
  },
  'no-trace': (h) => h.commands.shift(),
  unsettled: (h) => Object.assign(line(h, 0, 'end') ?? {}, { pending: 1 }),
  refused: (h) => {
    without(h, 2, 'sent', 'o3');
    h.clients[2]?.lines.push({ k: 'sent', id: 'o3', n: 3, c: chat, t: 'conversation:take' });
  },
  doubled: (h) => {
    h.events.push({ ...h.events[3], seq: 5, visitorSeq: 4 } as History['events'][number]);
    h.conversations = [{ id: chat, staffSeq: 5, visitorSeq: 4 }];
    line(h, 0, 'list')?.all.push([4, 'o2']);
    line(h, 2, 'list')?.all.push([5, 'o2']);
  },
  'shown-twice': (h) => {
    // Under the next number, so that the order looks right; the database has the same event there.
    h.events.push({ ...h.events[3], seq: 5, visitorSeq: 4, type: 'message', authorKind: 'trigger' } as never);
    h.conversations = [{ id: chat, staffSeq: 5, visitorSeq: 4 }];
    line(h, 0, 'list')?.all.push([4, 'o2']);
    line(h, 2, 'list')?.all.push([5, 'o2']);
    h.clients[0]?.lines.push(show(4, 'o2', 'yes'));
  },
  phantom: (h) => without(h, 2, 'sent', 'o2'),
  'other-text': (h) => Object.assign(line(h, 0, 'sent', 'v2') ?? {}, { x: 'there you are' }),
  'sender-order': (h) => h.clients[0]?.lines.splice(0, 2, ...(h.clients[0].lines.slice(0, 2).reverse() ?? [])),
  'staff-gap': (h) => {
    for (const one of h.events.slice(3)) one.seq = 5;
    h.conversations = [{ id: chat, staffSeq: 5, visitorSeq: 3 }];
    Object.assign(line(h, 2, 'ack', 'o2') ?? {}, { s: 5 });
    // The operator's page has not come so far, and its list is not looked at here.
    without(h, 2, 'show', 'o2');
    if (h.clients[2]) h.clients[2].lines = h.clients[2].lines.filter(({ k }) => k !== 'list');
  },
  'visitor-gap': (h) => {
    for (const one of h.events.slice(3)) one.visitorSeq = 4;
    h.conversations = [{ id: chat, staffSeq: 4, visitorSeq: 4 }];
    without(h, 0, 'show', 'o2');
    Object.assign(line(h, 0, 'list') ?? {}, { c: chat, all: [] });
    const of = h.clients[0];
    if (of) of.lines = of.lines.filter(({ k }) => k !== 'list' && k !== 'got');
  },
  head: (h) => Object.assign(h.conversations[0] ?? {}, { staffSeq: 5 }),
  'shown-order': (h) => without(h, 0, 'show', 'v2'),
  'shown-other': (h) => Object.assign(line(h, 0, 'show', 'v2') ?? {}, { x: 'their' }),
  'not-shown': (h) => line(h, 0, 'list')?.all.pop(),
  'ack-number': (h) => Object.assign(line(h, 2, 'ack', 'o2') ?? {}, { s: 3 }),
  'verdict-changed': (h) => h.clients[0]?.lines.push({ k: 'ack', id: 'v2', c: chat, s: 3 }),
  leaked: (h) => h.clients[0]?.lines.push({ k: 'got', c: chat, s: 3, id: 'o1', t: 'assignment' }),
  'not-theirs': (h) => h.clients[1]?.lines.push({ k: 'got', c: chat, s: 1, id: 'v1', t: 'message' }),
  resynced: (h) => h.clients[2]?.lines.push({ k: 'resync' }),
  'not-durable': (h) => h.durability.push('synchronous=NORMAL'),
};

test('a sound history breaks no rule', () => {
  expect(check(sound())).toEqual([]);
});

test.each(Object.keys(RULES) as Rule[])('«%s» is found, and nothing else', (rule) => {
  const history = sound();
  BROKEN[rule](history);
  expect([...new Set(check(history).map((finding) => finding.rule))]).toEqual([rule]);
});

test('what is missing of a sent command’s answer is found', () => {
  const history = sound();
  without(history, 0, 'ack', 'v2');
  expect(check(history)).toMatchObject([{ rule: 'unsettled' }]);
});

test('a refusal that changes into an acknowledgement is found', () => {
  const history = sound();
  history.clients[2]?.lines.push({ k: 'ack', id: 'o3', c: chat, s: 4 });
  expect(check(history).map(({ rule }) => rule)).toContain('verdict-changed');
});
