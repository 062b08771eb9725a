import type { Rule } from './checker.ts';
import type { Patch } from './lab-build.ts';

/** A relay that differs from the sound one by one switch, and the rule that has to find it. */
export interface BrokenRelay {
  name: string;
  /** What is wrong with it. */
  says: string;
  rule: Rule;
  patches: Patch[];
}

const patch = (file: string, find: string, replace: string): Patch => ({ file: `relay/${file}`, find, replace });
const lab = (find: string, replace: string) => patch('faults/lab-relay.ts', find, replace);
const inbox = (find: string, replace: string) => patch('conversations/inbox.ts', find, replace);
const verdicts = (find: string, replace: string) => patch('conversations/verdicts.ts', find, replace);
const heads = (find: string, replace: string) => patch('conversations/heads.ts', find, replace);
const logged = (find: string, replace: string) => patch('conversations/log-events.ts', find, replace);

/** Loses nearly all hints between relays, as a bus may that is down for a while. The sound relay heals that. */
const LOSSY_BUS = lab(
  'bus: points.bus(inProcessBus()),',
  `bus: ((inner) => ({ ...inner, publish: (topic, payload) => void (Math.random() < 0.04 && inner.publish(topic, payload)) }))(points.bus(inProcessBus())),`,
);

/** What a sound relay has to bear without a finding, beside the faults of the laboratory. */
export const HARSH_BUT_SOUND = [{ name: 'hints-lost', patches: [LOSSY_BUS] }];

export const BROKEN_RELAYS: readonly BrokenRelay[] = [
  {
    name: 'ack-before-commit',
    says: 'acknowledges when a write is done, before its transaction is committed',
    rule: 'lost',
    patches: [
      lab(
        'store: points.store(store),',
        `store: ((inner) => ({ ...inner, tx: (fn) => new Promise((resolve, reject) => {
          inner.tx(async (db) => {
            const made = await fn(db);
            resolve(made);
            await new Promise((later) => setTimeout(later, 2));
            return made;
          }).catch(reject);
        }) }))(points.store(store)),`,
      ),
    ],
  },
  {
    name: 'ack-after-rollback',
    says: 'acknowledges a transaction that failed at its commit',
    rule: 'lost',
    patches: [
      lab(
        'store: points.store(store),',
        `store: ((inner, count = 0) => ({ ...inner, tx: async (fn) => {
          let made;
          const fails = ++count % 9 === 0;
          await inner.tx(async (db) => {
            made = await fn(db);
            if (fails) throw new Error('the commit failed');
          }).catch((error) => {
            if (!fails) throw error;
          });
          return made;
        } }))(points.store(store)),`,
      ),
    ],
  },
  {
    name: 'no-unique-ids',
    says: 'neither looks for a command’s id nor has an index that refuses it twice',
    rule: 'doubled',
    patches: [
      inbox(
        'const known = looks ? await verdicts.find(db, batch, sender, id) : undefined;',
        'const known = undefined as Kept | undefined;',
      ),
      {
        ...patch(
          'store/migrations.ts',
          'CREATE UNIQUE INDEX \\`events_command\\`',
          'CREATE INDEX \\`events_command\\`',
        ),
        everywhere: true,
      },
    ],
  },
  {
    name: 'no-verdict-row',
    says: 'does not keep the verdict of a command that wrote no event',
    rule: 'no-trace',
    patches: [verdicts('      if (logged) return;\n', '      if (logged || !kept.error) return;\n')],
  },
  {
    name: 'own-ids',
    says: 'stores some messages under an id of its own',
    rule: 'phantom',
    patches: [
      inbox(
        'command: { id, senderId: sender.id, bodyHash }',
        'command: { id: n % 9 ? id : crypto.randomUUID(), senderId: sender.id, bodyHash }',
      ),
    ],
  },
  {
    name: 'no-order',
    says: 'takes a command before the one that stands before it has its verdict',
    rule: 'sender-order',
    patches: [inbox('    if (n !== next)\n', '    if (n === -1)\n')],
  },
  {
    name: 'no-second-verdict',
    says: 'never gives a repeated command the verdict that was lost on its way',
    rule: 'unsettled',
    patches: [
      inbox(
        'return verdictOf(known, n, sender.kind);',
        "return { type: 'retry', id, n, next: n, ...new FrontdeskError('internal').toWire(), retryAfterMs: 1000 };",
      ),
    ],
  },
  {
    name: 'known-is-refused',
    says: 'refuses a repeated command as if its id had been used for another body',
    rule: 'refused',
    patches: [inbox('if (known.bodyHash !== bodyHash)', 'if (known.bodyHash !== "")')],
  },
  {
    name: 'second-verdict',
    says: 'answers a repeated command with the next number',
    rule: 'verdict-changed',
    patches: [
      inbox(
        'return verdictOf(known, n, sender.kind);',
        'return verdictOf({ ...known, seq: known.seq + 1, visitorSeq: known.visitorSeq + 1 }, n, sender.kind);',
      ),
    ],
  },
  {
    name: 'staff-number-in-ack',
    says: 'gives visitors the staff’s number in the acknowledgement',
    rule: 'ack-number',
    patches: [verdicts("kind === 'visitor' ? kept.visitorSeq : kept.seq", 'kept.seq')],
  },
  {
    name: 'gap-for-staff',
    says: 'leaves out numbers of the staff’s side',
    rule: 'staff-gap',
    patches: [heads('staffSeq: head.row.staffSeq + 1,', 'staffSeq: head.row.staffSeq + 2,')],
  },
  {
    name: 'notes-counted',
    says: 'counts what is the staff’s alone in the visitor’s numbers',
    rule: 'visitor-gap',
    patches: [heads('head.row.visitorSeq + (seen ? 1 : 0)', 'head.row.visitorSeq + 1')],
  },
  {
    name: 'heads-not-stored',
    says: 'keeps the top numbers of conversations in memory alone',
    rule: 'head',
    patches: [
      heads("settable(c, ['status', 'assigneeId', 'staffSeq', 'visitorSeq'])", "settable(c, ['status', 'assigneeId'])"),
    ],
  },
  {
    name: 'text-cut',
    says: 'cuts a visitor’s text',
    rule: 'other-text',
    patches: [
      patch(
        'conversations/visitor-commands.ts',
        'body: { text: command.text, ...attached, ...quote.stored },',
        'body: { text: command.text.slice(0, 24), ...attached, ...quote.stored },',
      ),
    ],
  },
  {
    name: 'numbers-exchanged',
    says: 'tells visitors of two neighbours in a conversation under each other’s numbers',
    rule: 'shown-other',
    patches: [
      logged(
        "audience === 'visitor' ? row.visitorSeq : row.seq",
        "audience === 'visitor' ? row.visitorSeq - 1 + 2 * (row.visitorSeq % 2) : row.seq",
      ),
      logged(
        'const { seq, visitorSeq } = row;',
        'const seq = row.seq; const visitorSeq = row.visitorSeq && row.visitorSeq - 1 + 2 * (row.visitorSeq % 2);',
      ),
    ],
  },
  {
    name: 'hints-not-healed',
    says: 'loses hints, and its heartbeats do not say how far conversations have come',
    rule: 'not-shown',
    patches: [
      LOSSY_BUS,
      patch('conversations/visitor-frames.ts', 'if (top) tops[id] = top.visitor;', ''),
      patch('conversations/operator-frames.ts', 'if (top) tops[id] = top.staff;', ''),
    ],
  },
  {
    name: 'replay-off-by-one',
    says: 'leaves out the first event of a replay',
    rule: 'not-shown',
    patches: [
      patch(
        'conversations/replay.ts',
        'rows.flatMap((row) => toLogEvent(row, audience) ?? [])',
        'rows.slice(1).flatMap((row) => toLogEvent(row, audience) ?? [])',
      ),
    ],
  },
  {
    name: 'staff-events-to-visitors',
    says: 'sends visitors what is the staff’s alone',
    rule: 'leaked',
    patches: [
      logged(
        'return { forVisitor: null, forStaff: ',
        "return { forVisitor: JSON.stringify({ type: 'event', event: { ...commonOf(row), seq } }), forStaff: ",
      ),
    ],
  },
  {
    name: 'told-to-all-visitors',
    says: 'tells every visitor of the site of every message',
    rule: 'not-theirs',
    patches: [
      patch(
        'conversations/announcer.ts',
        'bus.publish(topics.visitor(conversation.visitorId), forVisitor)',
        'bus.publish(topics.visitors(conversation.siteId), forVisitor)',
      ),
    ],
  },
  {
    name: 'new-epoch',
    says: 'takes each start for a restored backup',
    rule: 'resynced',
    patches: [patch('create-relay.ts', 'const epoch = await epochOf(store);', 'const epoch = crypto.randomUUID();')],
  },
  {
    name: 'no-sync',
    says: 'does not wait for the disk',
    rule: 'not-durable',
    patches: [
      patch('store/sqlite.ts', "writer.pragma('synchronous = FULL');", "writer.pragma('synchronous = NORMAL');"),
      patch('store/sqlite.ts', "if (synchronous(writer) !== 'FULL')", "if (synchronous(writer) === 'OFF')"),
    ],
  },
];
