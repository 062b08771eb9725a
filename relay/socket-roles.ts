import type { ConversationsDeps } from './conversations/deps.ts';
import { type OperatorFramesDeps, operatorFrames } from './conversations/operator-frames.ts';
import { type VisitorFramesDeps, visitorFrames } from './conversations/visitor-frames.ts';
import type { Live } from './live/live.ts';
import { type Watching, watchedHandlers, watchedRole } from './metrics/watched-role.ts';
import { keepStatus } from './operators/accounts.ts';
import { isStillGood, sawSession } from './operators/guards.ts';
import { operatorById, siteOf } from './operators/store.ts';
import { noteOutcome } from './triggers/store.ts';

/** What both roles are put together of. */
export interface RoleParts extends Omit<Watching, 'role'> {
  conversations: ConversationsDeps;
  live: Live;
  epoch: string;
}

/** Visitors on their sockets and event streams. */
export function visitorSockets(
  { conversations, live, epoch, ...watching }: RoleParts,
  room: Pick<VisitorFramesDeps, 'onSite' | 'availability' | 'queueBoard'>,
) {
  const { store, lazy, clock } = conversations;
  const watched: Watching = { ...watching, role: 'visitor' };
  const handlers = visitorFrames({
    ...conversations,
    ...room,
    epoch,
    onInvitation: ({ siteId, visitorId }, { trigger, outcome }) =>
      lazy.put(`invitation:${visitorId}:${trigger}:${outcome}`, (db) =>
        noteOutcome(db, store.t, { siteId, visitorId, triggerId: trigger }, outcome, new Date(clock.now())),
      ),
    join: live.hub.join,
  });
  return watchedRole(live.role(watchedHandlers(handlers, watched)), watched);
}

/** Operators on their sockets. */
export function operatorSockets(
  { conversations, live, epoch, ...watching }: RoleParts,
  room: Pick<OperatorFramesDeps, 'counter' | 'operatorsHere' | 'onSiteNow' | 'changeOf'>,
) {
  const { store, lazy, clock } = conversations;
  const { read, t } = store;
  const watched: Watching = { ...watching, role: 'operator' };
  const handlers = operatorFrames({
    ...conversations,
    ...room,
    epoch,
    isStillGood: (sessionId) => isStillGood({ store, clock }, sessionId),
    async membership(operatorId, siteKey) {
      const site = await siteOf(read, t, operatorId, siteKey);
      const operator = site && (await operatorById(read, t, operatorId));
      return site && operator ? { siteId: site.id, role: site.role, status: operator.status } : null;
    },
    onStatus: ({ siteId, operatorId }, status) => keepStatus({ store, clock }, { siteId, operatorId, status }),
    onPong: (sessionId) => sawSession({ store, clock, lazy }, sessionId),
    join: live.hub.join,
    leave: live.hub.leave,
  });
  return watchedRole(live.role(watchedHandlers(handlers, watched)), watched);
}

/** Closes the sockets of sign-ins that have ended, or owe something first; whoever it was is gone at once. */
export function closeSignedOut(
  { sessions }: ReturnType<typeof operatorSockets>,
  operatorsHere: Pick<OperatorFramesDeps['operatorsHere'], 'leave'>,
  sessionIds: readonly string[],
): void {
  const revoked = new Set(sessionIds);
  for (const session of sessions) {
    const { identity } = session;
    if (!revoked.has(identity.sessionId)) continue;
    session.close('signed-out');
    identity.gone();
    operatorsHere.leave(identity.siteId, identity.operatorId);
  }
}

/** Closes the sockets of a device that is another visitor's now; they come back as theirs. */
export function closeMoved({ sessions }: ReturnType<typeof visitorSockets>, siteId: string, deviceId: string): void {
  for (const session of sessions) {
    const { identity } = session;
    if (identity.deviceId === deviceId && identity.siteId === siteId) session.close('moved');
  }
}
