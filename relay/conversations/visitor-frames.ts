import { and, eq } from 'drizzle-orm';
import { topics } from '../bus/bus.ts';
import { costOf } from '../bus/limits.ts';
import type { LiveSession, RoleHandlers } from '../bus/role.ts';
import type { Availability } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import {
  type VisitorCommand,
  type VisitorHello,
  type VisitorSign,
  visitorCommand,
  visitorHello,
  visitorSign,
} from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import { localeCode } from '../protocol/site-settings.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '../protocol/version.ts';
import type { VisitorIdentity } from '../visitors/identity.ts';
import type { OnSite } from '../visitors/on-site.ts';
import { isOffered, takeUpToken } from '../visitors/rotation.ts';
import { type Proved, visitorByToken } from '../visitors/store.ts';
import { hashToken } from '../visitors/token.ts';
import { type Admission, createAdmission, type Wanted } from './admission.ts';
import type { ConversationsDeps } from './deps.ts';
import { refuseCommand, type Sender, takeCommand } from './inbox.ts';
import { markSide } from './marks.ts';
import { gatherStrays } from './move.ts';
import type { QueueBoard } from './queue.ts';
import { replay } from './replay.ts';
import { conversationsOfVisitor } from './store.ts';
import { visitorExecute } from './visitor-commands.ts';

/** What the upgrade (or the request) already proved: the site, whose allowed origins were looked at. */
export interface VisitorPass {
  siteId: string;
  siteKey: string;
  /** The client's address, for limits. */
  address: string;
}

export interface VisitorFramesDeps extends ConversationsDeps {
  onSite: OnSite;
  epoch: string;
  availability(siteId: string): Promise<Availability>;
  queueBoard: Pick<QueueBoard, 'watch'>;
  onInvitation(identity: VisitorIdentity, sign: Extract<VisitorSign, { type: 'invitation' }>): void;
  join(session: LiveSession, topic: string): void;
}

/** Visitors whose socket knows of more than its identity: what ends with it. */
interface Here extends VisitorIdentity {
  name: string;
  /** The chat that is theirs to write in. */
  chat: string;
  /** What the hello proved, until the welcome: rows in full are too much to keep of everybody who is here. */
  arrival: Proved | null;
  address: string;
  admission: Admission;
  leave(): void;
}

const senderOf = (identity: VisitorIdentity): Sender => ({
  siteId: identity.siteId,
  kind: 'visitor',
  id: identity.deviceId,
  outbox: identity.outbox,
});

/**
 * The history a visitor's client holds is that of one visitor: whoever becomes another one on the same device (signs in, signs
 * out) drops what it held, as after a restored backup, only without being told to load anew.
 */
const epochOf = (epoch: string, visitorId: string) => `${epoch}.${visitorId.slice(-12)}`;

const countedBy = ({ visitorId, address, siteId }: Here) => ({ visitor: visitorId, address, site: siteId });

/** What visitors' frames mean. */
export function visitorFrames(
  deps: VisitorFramesDeps,
): RoleHandlers<Here, VisitorHello, VisitorCommand, VisitorSign, VisitorPass> {
  const { store, bus, clock, inbox, announcer, onSite, limits, lazy } = deps;
  const { read, t } = store;

  const now = () => clock.now();

  /** Sends the welcome and what was missed; gives back the visitor's conversations. */
  const greet = async (
    session: LiveSession<Here>,
    { resume, epoch }: Pick<VisitorHello, 'resume' | 'epoch'>,
    next: number,
  ) => {
    const { identity } = session;
    const { siteId, visitorId, deviceId } = identity;
    if (resume.length > 0) await limits.take('replay', { visitor: visitorId }, resume.length);
    if (deviceId !== visitorId) await gatherStrays(deps, { siteId, from: deviceId, to: visitorId });
    const conversations = await conversationsOfVisitor(read, t, siteId, visitorId);
    for (const { id } of conversations) identity.conversations.add(id);
    session.send({
      type: 'welcome',
      role: 'visitor',
      protocol: PROTOCOL,
      epoch: epochOf(deps.epoch, visitorId),
      heartbeatMs: LIMITS.heartbeatMs,
      now: new Date(clock.now()).toISOString(),
      next,
      visitor: visitorId,
      conversation: identity.chat,
      conversations,
      availability: await deps.availability(siteId),
    });
    if (epoch !== '' && !epoch.startsWith(deps.epoch)) session.send({ type: 'resync', conversation: null });
    else {
      const tops = new Map(conversations.map(({ id, seq }) => [id, seq]));
      for (const { conversation, seq } of resume)
        if ((tops.get(conversation) ?? 0) > seq) await replay(store, 'visitor', conversation, seq, session);
    }
    return conversations;
  };

  return {
    schemas: {
      hello: visitorHello,
      command: visitorCommand,
      sign: visitorSign,
      commandTypes: new Set([
        'message:send',
        'form:submit',
        'conversation:close',
        'conversation:rate',
        'conversation:solved',
      ]),
      signTypes: new Set(['typing', 'mark', 'pong', 'follow', 'page', 'track', 'invitation', 'queue', 'tab', 'bye']),
    },

    async enter(hello, pass) {
      if (hello.protocol < OLDEST_PROTOCOL || hello.protocol > PROTOCOL)
        throw new FrontdeskError('bad-request', `Protocol ${hello.protocol} is not spoken here; load the page again.`);
      if (hello.site !== pass.siteKey) throw new FrontdeskError('unknown-site');
      const arrival = await visitorByToken(read, t, pass.siteId, hello.token, clock.now(), hello.outbox.id);
      if (!arrival)
        throw new FrontdeskError('unauthorised', 'This visitor token is not known (any more); ask for a new session.');
      if (isOffered(arrival.proof)) {
        const [hash, at] = [hashToken(hello.token), new Date(clock.now())];
        lazy.put(`token:${arrival.device.id}`, (db) => takeUpToken(db, t, arrival.device.id, hash, at));
      }
      return {
        siteId: pass.siteId,
        visitorId: arrival.visitor.id,
        deviceId: arrival.device.id,
        name: arrival.visitor.name ?? '',
        chat: arrival.visitor.conversationId,
        locale: localeCode.safeParse(arrival.visitor.locale).data ?? 'en',
        page: hello.page,
        outbox: hello.outbox,
        conversations: new Set([arrival.visitor.conversationId]),
        now,
        arrival,
        address: pass.address,
        admission: createAdmission(limits),
        leave: () => {},
      };
    },

    async welcome(session, hello) {
      const { identity } = session;
      const { arrival, visitorId, siteId, chat } = identity;
      identity.arrival = null;
      if (!arrival) return;
      // Listening begins before reading, so that nothing can fall between the two.
      deps.join(session, topics.visitor(visitorId));
      deps.join(session, topics.visitors(siteId));
      const conversations = await greet(session, hello, inbox.nextOf(arrival.next, senderOf(identity)));
      const hasConversation = conversations.some(({ id }) => id === chat);
      identity.leave = onSite.arrive(arrival, hello.page, hasConversation);
    },

    command(identity, command) {
      const isForm = command.type === 'form:submit';
      const { length } = command.type === 'message:send' && !command.answers ? command.text : JSON.stringify(command);
      const wanted: Wanted[] = [{ what: 'command', by: countedBy(identity), cost: costOf(length) }];
      if (isForm) wanted.unshift({ what: 'form', by: countedBy(identity) });
      return identity.admission.command(command, wanted, () =>
        takeCommand(inbox, senderOf(identity), command, visitorExecute(deps, identity, command)),
      );
    },
    refuse: (identity, head, error) =>
      identity.admission.command(head, [{ what: 'command', by: countedBy(identity) }], () =>
        refuseCommand(inbox, senderOf(identity), head, error),
      ),

    async sign(session, sign) {
      const { identity } = session;
      const visitor = identity.visitorId;
      if (sign.type === 'follow') {
        const cost = Math.max(1, sign.conversations.length);
        if (!(await identity.admission.follow(session, { what: 'replay', by: { visitor }, cost }))) return;
      } else if (sign.type !== 'bye') await limits.take('sign', { visitor });
      switch (sign.type) {
        case 'typing': {
          if (!(await owns(deps, identity, sign.conversation))) return;
          const author = { kind: 'visitor' as const, id: visitor, name: identity.name };
          bus.publish(
            topics.conversation(sign.conversation),
            JSON.stringify({ type: 'typing', conversation: sign.conversation, on: sign.on, author }),
          );
          return;
        }
        case 'mark':
          if (await owns(deps, identity, sign.conversation))
            await markSide(deps, 'visitor', identity.siteId, identity.visitorId, {
              conversation: sign.conversation,
              delivered: sign.delivered,
              read: sign.read,
            });
          return;
        case 'follow':
          for (const { conversation, seq } of sign.conversations) {
            if (!(await owns(deps, identity, conversation))) throw new FrontdeskError('not-found');
            await replay(store, 'visitor', conversation, seq, session);
          }
          return;
        case 'queue':
          if (await owns(deps, identity, sign.conversation))
            await deps.queueBoard.watch(identity.siteId, visitor, sign.conversation);
          return;
        case 'page':
          identity.page = sign.page;
          return onSite.move(identity.visitorId, identity.siteId, sign.page);
        case 'track':
          return onSite.track(visitor, identity.siteId, sign);
        case 'tab':
          identity.page = sign.page;
          onSite.move(visitor, identity.siteId, sign.page);
          await greet(session, { resume: sign.resume, epoch: deps.epoch }, await inbox.next(senderOf(identity)));
          return;
        case 'invitation':
          return deps.onInvitation(identity, sign);
        case 'bye':
          return identity.leave();
        case 'pong':
          return;
      }
    },

    heartbeat({ identity }) {
      const tops: Record<string, number> = {};
      for (const id of identity.conversations) {
        const top = announcer.top(id);
        if (top) tops[id] = top.visitor;
      }
      return { tops };
    },

    gone: ({ identity }) => identity.leave(),
  };
}

/** Whether a conversation is this visitor's; one that came to be after the hello is looked up once. */
async function owns(deps: VisitorFramesDeps, identity: VisitorIdentity, conversation: string): Promise<boolean> {
  if (identity.conversations.has(conversation)) return true;
  const { read, t } = deps.store;
  const [row] = await read
    .select({ id: t.conversations.id })
    .from(t.conversations)
    .where(and(eq(t.conversations.id, conversation), eq(t.conversations.visitorId, identity.visitorId)));
  if (row) identity.conversations.add(conversation);
  return row !== undefined;
}
