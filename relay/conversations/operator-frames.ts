import { topics } from '../bus/bus.ts';
import { costOf } from '../bus/limits.ts';
import type { LiveSession, RoleHandlers } from '../bus/role.ts';
import type { OperatorIdentity } from '../operators/identity.ts';
import type { OperatorsHere } from '../operators/presence.ts';
import type { OnSiteVisitor, OperatorRole, PresenceStatus } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import {
  type OperatorCommand,
  type OperatorHello,
  type OperatorSign,
  operatorCommand,
  operatorHello,
  operatorSign,
} from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '../protocol/version.ts';
import { visitorByReservedChat } from '../visitors/store.ts';
import { type Admission, createAdmission, type Wanted } from './admission.ts';
import type { ConversationsDeps } from './deps.ts';
import { refuseCommand, type Sender, takeCommand } from './inbox.ts';
import { markSide } from './marks.ts';
import { onSiteFrames } from './on-site-frames.ts';
import { operatorExecute } from './operator-commands.ts';
import { replay } from './replay.ts';
import { conversationRow } from './store.ts';
import type { ViewCounter } from './view-counts.ts';

/** What the cookie at the upgrade proved. */
export interface OperatorPass {
  operatorId: string;
  name: string;
  sessionId: string;
}

export interface OperatorFramesDeps extends ConversationsDeps {
  epoch: string;
  /** Whether a sign-in is still good: it may have ended between upgrade and hello. */
  isStillGood(sessionId: string): Promise<boolean>;
  counter: ViewCounter;
  operatorsHere: OperatorsHere;
  /** The site of a key when the operator is a member of it, with what they are there and chose to be. */
  membership(
    operatorId: string,
    siteKey: string,
  ): Promise<{ siteId: string; role: OperatorRole; status: PresenceStatus } | null>;
  onSiteNow(siteId: string): OnSiteVisitor[];
  changeOf(siteId: string): Promise<number>;
  /** Keeps and logs what an operator says they are. */
  onStatus(identity: OperatorIdentity, status: PresenceStatus): Promise<void>;
  /** A sign of life of a sign-in. */
  onPong(sessionId: string): void;
  join(session: LiveSession, topic: string): void;
  leave(session: LiveSession, topic: string): void;
}

interface Here extends OperatorIdentity {
  /** Conversations this socket shows, with their visitors. */
  follows: Map<string, string>;
  status: PresenceStatus;
  admission: Admission;
  gone(): void;
}

const senderOf = (identity: OperatorIdentity): Sender => ({
  siteId: identity.siteId,
  kind: 'operator',
  id: identity.operatorId,
  outbox: identity.outbox,
});

const work = ({ operatorId }: Here, cost = 1): Wanted => ({ what: 'work', by: { operator: operatorId }, cost });

/** What operators' frames mean. */
export function operatorFrames(
  deps: OperatorFramesDeps,
): RoleHandlers<Here, OperatorHello, OperatorCommand, OperatorSign, OperatorPass> {
  const { store, bus, clock, inbox, announcer, operatorsHere, limits } = deps;
  const { read, t } = store;

  /** Whose conversation this is; null for one that is not of this site. */
  const visitorOf = async (identity: Here, conversation: string): Promise<string | null> => {
    const known = identity.follows.get(conversation);
    if (known) return known;
    const row = await conversationRow(read, t, identity.siteId, conversation);
    if (row) return row.visitorId;
    return (await visitorByReservedChat(read, t, identity.siteId, conversation))?.id ?? null;
  };

  const follow = async (session: LiveSession<Here>, points: OperatorHello['resume']) => {
    const { identity } = session;
    const wanted = new Set(points.map(({ conversation }) => conversation));
    for (const conversation of identity.follows.keys()) {
      if (wanted.has(conversation)) continue;
      identity.follows.delete(conversation);
      deps.leave(session, topics.conversation(conversation));
    }
    for (const { conversation, seq } of points) {
      const visitor = await visitorOf(identity, conversation);
      if (!visitor) {
        session.send({ type: 'resync', conversation });
        continue;
      }
      identity.follows.set(conversation, visitor);
      deps.join(session, topics.conversation(conversation));
      await replay(store, 'staff', conversation, seq, session);
    }
  };

  return {
    schemas: {
      hello: operatorHello,
      command: operatorCommand,
      sign: operatorSign,
      commandTypes: new Set([
        'message:send',
        'message:edit',
        'message:delete',
        'conversation:take',
        'conversation:assign',
        'conversation:return',
        'conversation:close',
        'conversation:reopen',
        'conversation:spam',
        'conversation:not-spam',
      ]),
      signTypes: new Set(['typing', 'mark', 'pong', 'follow', 'status']),
    },

    async enter(hello, pass) {
      if (hello.protocol < OLDEST_PROTOCOL || hello.protocol > PROTOCOL)
        throw new FrontdeskError('bad-request', `Protocol ${hello.protocol} is not spoken here; load the page again.`);
      if (!(await deps.isStillGood(pass.sessionId))) throw new FrontdeskError('unauthorised');
      const member = await deps.membership(pass.operatorId, hello.site);
      if (!member) throw new FrontdeskError('unknown-site');
      return {
        ...pass,
        siteId: member.siteId,
        role: member.role,
        status: member.status,
        outbox: hello.outbox,
        follows: new Map(),
        admission: createAdmission(limits),
        gone: () => {},
      };
    },

    async welcome(session, hello) {
      const { identity } = session;
      const { siteId, operatorId, name, status } = identity;
      deps.join(session, topics.staff(siteId));
      identity.gone = operatorsHere.arrive(siteId, operatorId, { name, status }, () => session.lastHeardAt);
      const [counts, next, change] = await Promise.all([
        deps.counter.of(siteId),
        inbox.next(senderOf(identity)),
        deps.changeOf(siteId),
      ]);
      session.send({
        type: 'welcome',
        role: 'operator',
        protocol: PROTOCOL,
        epoch: deps.epoch,
        heartbeatMs: LIMITS.heartbeatMs,
        now: new Date(clock.now()).toISOString(),
        next,
        operator: operatorId,
        status,
        change,
        counts,
      });
      for (const frame of onSiteFrames(deps.onSiteNow(siteId), { all: true, gone: [] })) {
        session.send(frame);
        await session.drained();
      }
      session.send({ type: 'presence', operators: operatorsHere.statuses(siteId) });
      if (hello.epoch !== '' && hello.epoch !== deps.epoch) session.send({ type: 'resync', conversation: null });
      else await follow(session, hello.resume);
    },

    command: (identity, command) =>
      identity.admission.command(command, [work(identity, costOf('text' in command ? command.text.length : 0))], () =>
        takeCommand(inbox, senderOf(identity), command, operatorExecute(deps, identity, command)),
      ),
    refuse: (identity, head, error) =>
      identity.admission.command(head, [work(identity)], () => refuseCommand(inbox, senderOf(identity), head, error)),

    async sign(session, sign) {
      const { identity } = session;
      const wanted = work(identity);
      if (sign.type === 'follow') {
        if (!(await identity.admission.follow(session, wanted))) return;
      } else await limits.take(wanted.what, wanted.by);
      switch (sign.type) {
        case 'typing': {
          const visitor = await visitorOf(identity, sign.conversation);
          if (!visitor) throw new FrontdeskError('not-found');
          const author = { kind: 'operator' as const, id: identity.operatorId, name: identity.name };
          const payload = JSON.stringify({ type: 'typing', conversation: sign.conversation, on: sign.on, author });
          bus.publish(topics.visitor(visitor), payload);
          bus.publish(topics.conversation(sign.conversation), payload);
          return;
        }
        case 'mark': {
          const visitor = await visitorOf(identity, sign.conversation);
          if (!visitor) throw new FrontdeskError('not-found');
          const { conversation, delivered, read: readTo } = sign;
          return markSide(deps, 'staff', identity.siteId, visitor, { conversation, delivered, read: readTo });
        }
        case 'follow':
          return follow(session, sign.conversations);
        case 'status':
          identity.status = sign.status;
          operatorsHere.setStatus(identity.siteId, identity.operatorId, sign.status);
          return deps.onStatus(identity, sign.status);
        case 'pong':
          return deps.onPong(identity.sessionId);
      }
    },

    heartbeat({ identity }) {
      const tops: Record<string, number> = {};
      for (const id of identity.follows.keys()) {
        const top = announcer.top(id);
        if (top) tops[id] = top.staff;
      }
      const change = announcer.change(identity.siteId);
      return { tops, ...(change !== undefined && { change }) };
    },

    gone: ({ identity }) => identity.gone(),
  };
}
