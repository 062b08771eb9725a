import { randomUUIDv7 } from 'node:crypto';
import { and, eq, lte } from 'drizzle-orm';
import type { OperatorIdentity } from '../operators/identity.ts';
import type { Author } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { OperatorCommand } from '../protocol/frames.ts';
import type { Db } from '../store/index.ts';
import { appendEnding, closed } from './closing.ts';
import { asksFirst } from './closing-rules.ts';
import type { ConversationsDeps } from './deps.ts';
import type { CommandContext, Outcome, Plan } from './inbox.ts';
import * as rules from './rules.ts';

export type CloseCommand = Extract<OperatorCommand, { type: 'conversation:close' }>;

const HOUR_MS = 3_600_000;
/** What is due is looked for so often: hours are counted, not seconds. */
const LOOK_EVERY_MS = 60_000;
/** Conversations that are closed of one look; the rest follows with the next. */
const AT_ONCE = 500;

/** An operator closes a conversation, or asks its visitor first whether it is solved [CL6]. */
export function operatorClose(deps: ConversationsDeps, identity: OperatorIdentity, command: CloseCommand): Plan {
  const execute = async (db: Db, context: CommandContext): Promise<Outcome> => {
    const { batch, at } = context;
    const known = await deps.heads.of(db, batch, identity.siteId, command.conversation);
    if (!known) throw new FrontdeskError('not-found');
    if (known.endedAt) throw new FrontdeskError('ended');
    const author: Author = { kind: 'operator', id: identity.operatorId, name: identity.name };
    const { askSolved } = await deps.settingsOf(identity.siteId);
    if (!asksFirst(askSolved.on, known))
      return appendEnding(deps, context, known, rules.close(known) ? [closed(author, at)] : []);
    const closesAt = new Date(at.getTime() + askSolved.hours * HOUR_MS);
    return appendEnding(deps, context, known, [
      {
        ...{ type: 'solved', author, body: { said: 'asked' }, audience: 'both' },
        // It is the visitor's turn now.
        change: { closesAt, waitingSince: null },
      },
    ]);
  };
  return { keys: [command.conversation], execute };
}

/** Closes conversations whose visitors were asked and did not answer in time [CL8]. To be called every second or so. */
export function createUnanswered(deps: ConversationsDeps): { look(): Promise<void> } {
  const { store, queue, clock, heads } = deps;
  const { conversations: c } = store.t;
  const relay: Author = { kind: 'relay', id: null, name: '' };
  let lookedAt = Number.NEGATIVE_INFINITY;

  const close = (siteId: string, id: string) =>
    queue.submit({
      key: id,
      readsOnly: true,
      async run(db, batch) {
        const known = await heads.of(db, batch, siteId, id);
        const at = new Date(clock.now());
        // The visitor, or another relay, was quicker.
        if (known?.status !== 'open' || !known.closesAt || known.closesAt > at) return;
        const command = { id: randomUUIDv7(), senderId: 'relay', bodyHash: '' };
        appendEnding(deps, { batch, at, command }, known, [closed(relay, at)]);
      },
    });

  return {
    async look() {
      const now = clock.now();
      if (Math.abs(now - lookedAt) < LOOK_EVERY_MS) return;
      lookedAt = now;
      const due = await store.read
        .select({ id: c.id, siteId: c.siteId })
        .from(c)
        .where(and(lte(c.closesAt, new Date(now)), eq(c.status, 'open')))
        .limit(AT_ONCE);
      await Promise.all(due.map(({ id, siteId }) => close(siteId, id)));
    },
  };
}
