/** Compares what clients wrote down with what the database holds. Uses nothing of the relay's or the client's code. */
import type { ClientFacts, EventFact, History } from './history.ts';

/** The rules, each with what it means when it is broken. */
export const RULES = {
  lost: 'acknowledged, and no event of it is stored',
  'no-trace': 'acknowledged, and nothing stored says so: a retry would not be known again',
  unsettled: 'sent, and without a verdict when everybody had time to settle',
  refused: 'refused without a reason of the rules',
  doubled: 'one command stored as two messages',
  'shown-twice': 'one event shown twice on one page',
  phantom: 'stored, and nobody sent it',
  'other-text': 'stored with another text than it was sent with',
  'sender-order': 'stored in another order than its sender wrote in',
  'staff-gap': 'the staff’s numbers of a conversation are not 1, 2, 3 …',
  'visitor-gap': 'the visitor’s numbers of a conversation are not 1, 2, 3 …',
  head: 'a conversation’s row says another top number than its events',
  'shown-order': 'shown out of the order of the numbers, or with a gap',
  'shown-other': 'shown under a number that the database gives to something else',
  'not-shown': 'stored, and not shown when everybody had time to settle',
  'ack-number': 'the number in the acknowledgement is not the stored one',
  'verdict-changed': 'a repeated command got another verdict than the first time',
  leaked: 'what is the staff’s alone came to a visitor',
  'not-theirs': 'an event of another visitor’s conversation came to a visitor',
  resynced: 'clients were told to load anew, though no backup was restored',
  'not-durable': 'the live connection does not wait for the disk',
} as const;
export type Rule = keyof typeof RULES;

export interface Finding {
  rule: Rule;
  what: string;
}

type Line<K> = Extract<ClientFacts['lines'][number], { k: K }>;

const DURABLE = new Set(['synchronous=FULL', 'synchronous_commit=on']);

const pick = <K extends ClientFacts['lines'][number]['k']>(client: ClientFacts, k: K) =>
  client.lines.filter((line): line is Line<K> => line.k === k);
const numberOf = (client: ClientFacts, event: { seq: number; visitorSeq: number | null }) =>
  client.kind === 'visitor' ? event.visitorSeq : event.seq;

function grouped<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const name = key(one);
    const group = groups.get(name);
    if (group) group.push(one);
    else groups.set(name, [one]);
  }
  return groups;
}

/** Everything in a history that breaks a rule. */
export function check(history: History): Finding[] {
  const findings: Finding[] = [];
  const found = (rule: Rule, what: string) => findings.push({ rule, what });
  const byCommand = grouped(history.events, ({ command }) => command);
  const byConversation = grouped(history.events, ({ conversation }) => conversation);
  const verdicts = new Map(history.commands.map((command) => [command.command, command]));

  for (const client of history.clients) {
    checkVerdicts(client, byCommand, verdicts, found);
    checkOrder(client, byCommand, found);
    checkShown(client, byConversation, byCommand, found);
  }
  checkRows(history, byConversation, found);
  for (const read of new Set(history.durability)) if (!DURABLE.has(read)) found('not-durable', read);
  return findings;
}

type Found = (rule: Rule, what: string) => void;
type Events = ReadonlyMap<string, EventFact[]>;

/** What was sent and answered, against what is stored. */
function checkVerdicts(
  client: ClientFacts,
  byCommand: Events,
  verdicts: ReadonlyMap<string, History['commands'][number]>,
  found: Found,
): void {
  const acks = grouped(pick(client, 'ack'), ({ id }) => id);
  const rejects = grouped(pick(client, 'reject'), ({ id }) => id);
  for (const sent of pick(client, 'sent')) {
    const what = `${client.name} ${sent.t} ${sent.id} (${sent.n})`;
    const [ack] = acks.get(sent.id) ?? [];
    const [reject] = rejects.get(sent.id) ?? [];
    const events = byCommand.get(sent.id) ?? [];
    const messages = events.filter(({ type, authorKind }) => type === 'message' && authorKind === client.kind);
    if (!ack && !reject) found('unsettled', what);
    if (reject && !sent.may) found('refused', `${what}: ${reject.code}`);
    const answers = new Set([
      ...(acks.get(sent.id) ?? []).map(({ c, s }) => `ack ${c} ${s}`),
      ...(rejects.get(sent.id) ?? []).map(({ code }) => `reject ${code}`),
    ]);
    if (answers.size > 1) found('verdict-changed', `${what}: ${[...answers].join(', ')}`);
    if (messages.length > 1) found('doubled', `${what}: ${messages.length} rows`);
    for (const { text } of messages) if (text !== sent.x) found('other-text', what);
    if (!ack) continue;
    if (sent.t === 'message:send' && messages.length === 0) found('lost', what);
    const verdict = verdicts.get(sent.id);
    if (sent.t !== 'message:send' && events.length === 0 && (!verdict || verdict.refused)) found('no-trace', what);
    const stored =
      sent.t === 'message:send' ? messages[0] : (events.at(-1) ?? (verdict && { ...verdict, seq: verdict.seq ?? 0 }));
    if (stored && (stored.conversation !== ack.c || numberOf(client, stored) !== ack.s))
      found('ack-number', `${what}: ${ack.s} in place of ${numberOf(client, stored)}`);
  }
  for (const { pending } of pick(client, 'end')) if (pending > 0) found('unsettled', `${client.name}: ${pending} wait`);
}

/** A sender's messages stand in each conversation as they were written. */
function checkOrder(client: ClientFacts, byCommand: Events, found: Found): void {
  const tops = new Map<string, number>();
  for (const { id, c, t } of pick(client, 'sent')) {
    if (t !== 'message:send') continue;
    const row = byCommand.get(id)?.find(({ type, authorKind }) => type === 'message' && authorKind === client.kind);
    if (!row) continue;
    if (row.seq <= (tops.get(c) ?? 0)) found('sender-order', `${client.name} ${id}: ${row.seq} after ${tops.get(c)}`);
    tops.set(c, Math.max(row.seq, tops.get(c) ?? 0));
  }
}

/** What came over the wire and was shown, against what is stored for this client's audience. */
function checkShown(client: ClientFacts, byConversation: Events, byCommand: Events, found: Found): void {
  const numbered = new Map<string, Map<number, EventFact>>();
  const storedAt = (c: string, s: number) => {
    let all = numbered.get(c);
    if (!all) {
      all = new Map((byConversation.get(c) ?? []).map((event) => [numberOf(client, event) ?? 0, event]));
      all.delete(0);
      numbered.set(c, all);
    }
    return all.get(s);
  };
  const own = new Set(pick(client, 'list').map(({ c }) => c));
  let page = new Map<string, number>();
  let seen = new Set<string>();
  for (const line of client.lines) {
    if (line.k === 'page') {
      page = new Map();
      seen = new Set();
    }
    if (line.k === 'resync') found('resynced', client.name);
    if (line.k === 'got' && client.kind === 'visitor') {
      if (!own.has(line.c)) found('not-theirs', `${client.name}: ${line.c} ${line.s}`);
      const staffs = byCommand.get(line.id)?.find(({ type }) => type === line.t);
      if (line.t === 'assignment' || staffs?.visitorSeq === null)
        found('leaked', `${client.name}: ${line.t} ${line.id}`);
    }
    if (line.k !== 'show') continue;
    const what = `${client.name}: ${line.c} ${line.s} ${line.id}`;
    const name = `${line.id} ${line.t}`;
    if (seen.has(name)) found('shown-twice', what);
    seen.add(name);
    if (line.s !== (page.get(line.c) ?? 0) + 1) found('shown-order', `${what} after ${page.get(line.c) ?? 0}`);
    page.set(line.c, line.s);
    const row = storedAt(line.c, line.s);
    if (row?.command !== line.id || row.type !== line.t || firstWord(row.text) !== (line.x ?? ''))
      found('shown-other', what);
  }
  for (const { c, all } of pick(client, 'list')) {
    const stored = (byConversation.get(c) ?? []).filter((event) => numberOf(client, event) !== null).length;
    if (all.length < stored) found('not-shown', `${client.name}: ${all.length} of ${stored} in ${c}`);
    for (const [index, [s, id]] of all.entries()) {
      if (s !== index + 1) found('shown-order', `${client.name}: ${c} ends with ${s} at place ${index + 1}`);
      if (storedAt(c, s)?.command !== id) found('shown-other', `${client.name}: ${c} ${s} ${id} at the end`);
    }
  }
}

const firstWord = (text: string | null) => text?.split(' ')[0] ?? '';

/** The rows by themselves, and whether somebody sent what they hold. */
function checkRows(history: History, byConversation: Events, found: Found): void {
  const sent = new Set<string>();
  for (const client of history.clients) for (const { id } of pick(client, 'sent')) sent.add(id);
  for (const { command, conversation, seq } of history.events)
    if (!sent.has(command)) found('phantom', `${command} ${conversation} ${seq}`);
  for (const { command } of history.commands) if (!sent.has(command)) found('phantom', `verdict of ${command}`);
  const heads = new Map(history.conversations.map((head) => [head.id, head]));
  for (const [id, rows] of byConversation) {
    const inOrder = [...rows].sort((a, b) => a.seq - b.seq);
    const seen = inOrder.flatMap(({ visitorSeq }) => (visitorSeq === null ? [] : [visitorSeq]));
    if (inOrder.some(({ seq }, index) => seq !== index + 1)) found('staff-gap', id);
    if (seen.some((seq, index) => seq !== index + 1)) found('visitor-gap', id);
    const head = heads.get(id);
    if (head?.staffSeq !== inOrder.at(-1)?.seq || head?.visitorSeq !== (seen.at(-1) ?? 0)) found('head', id);
  }
}
