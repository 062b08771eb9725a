import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { topics } from './bus/bus.ts';
import { inProcessBus } from './bus/in-process-bus.ts';
import { inProcessLimits } from './bus/in-process-limits.ts';
import { inProcessPresence } from './bus/in-process-presence.ts';
import { createAnnouncer } from './conversations/announcer.ts';
import type { ConversationsDeps } from './conversations/deps.ts';
import { createHeads } from './conversations/heads.ts';
import { createInbox } from './conversations/inbox.ts';
import { moveConversations } from './conversations/move.ts';
import { onSiteFrames } from './conversations/on-site-frames.ts';
import { openCounts } from './conversations/open-counts.ts';
import { createQueueBoard } from './conversations/queue.ts';
import { holders, releaseConversations, releaseLeft } from './conversations/release.ts';
import { createUnanswered } from './conversations/solved.ts';
import { changeOfSite, chatHeadOf, conversationsOfVisitor, isOpenConversation } from './conversations/store.ts';
import { createViewCounter } from './conversations/view-counts.ts';
import { demoRoutes } from './demo/routes.ts';
import { dropUnsent } from './files/uploads.ts';
import { createApp } from './http/app.ts';
import { camePassedOn, cameSecurely, clientAddress } from './http/middleware/client-address.ts';
import { socketPasses } from './http/socket-passes.ts';
import { sealOf } from './keys/seal.ts';
import { createFeedback } from './knowledge/feedback.ts';
import { createKnowledge } from './knowledge/knowledge.ts';
import { attachGateway, type GatewayPath } from './live/gateway.ts';
import { createLive } from './live/live.ts';
import { countedBus, countedSearches, loggedRefusals, watchedCommits } from './metrics/counted.ts';
import { createMeter } from './metrics/meter.ts';
import { createAvailabilityBoard } from './operators/availability.ts';
import type { OperatorsDeps } from './operators/deps.ts';
import { createOperatorsHere, type OperatorHere } from './operators/presence.ts';
import { createSignInThrottle } from './operators/throttle.ts';
import type { OnSiteVisitor } from './protocol/entities.ts';
import { FrontdeskError } from './protocol/errors.ts';
import type { RelayFrame } from './protocol/frames.ts';
import type { RelayOptions } from './relay-options.ts';
import { startRounds } from './rounds.ts';
import { createSiteDirectory } from './sites/directory.ts';
import { createRefusedOrigins } from './sites/origins.ts';
import { chooseLocale, siteName, toPublicSite } from './sites/rules.ts';
import { closeMoved, closeSignedOut, operatorSockets, type RoleParts, visitorSockets } from './socket-roles.ts';
import { createCommitQueue, createLazyWrites, epochOf, systemClock } from './store/index.ts';
import { invitationText, triggersFor } from './triggers/store.ts';
import { createOnSite } from './visitors/on-site.ts';

/** Changes of who is on the site and where are told so often. */
const ON_SITE_EVERY_MS = 1_000;
/** Who was not heard of for too long, and which sites opened or closed, is looked at so often. */
const LOOK_EVERY_MS = 1_000;
/** Files that were uploaded and never sent, and old counts, are looked for so often. */
const SWEEP_MS = 600_000;
/** So long a socket of a relay that goes down is kept open for verdicts that are still owed. */
const VERDICTS_MS = 5_000;

export type Relay = Awaited<ReturnType<typeof createRelay>>;

/** Puts a relay together: store, bus, rooms, live, http. It opens no port and reads no environment. */
export async function createRelay(options: RelayOptions) {
  const { store, logger, clock = systemClock } = options;
  const { read, t } = store;
  const meter = createMeter({
    engine: store.dialect,
    sockets: () => {
      const [visitor, operator] = [visitorRole.sessions.size, operatorRole.sessions.size];
      return { visitor, operator, greeting: Math.max(0, live.count - visitor - operator) };
    },
    commandsWaiting: () => queue.waiting(),
    conversations: () => openCounts(store),
  });
  const onError = (error: unknown, where: string) => {
    meter.failed(where);
    logger.error({ err: error, where }, 'failed');
  };
  const epoch = await epochOf(store);

  const bus = countedBus(options.bus ?? inProcessBus(), meter);
  const limits = inProcessLimits(options.rates);
  const { tokenKeys = [randomBytes(32)], fileKeys = [randomBytes(32)], proofKeys = [randomBytes(32)] } = options;
  const { seal = sealOf([{ id: 'random', bytes: randomBytes(32) }]) } = options;
  const tell = (topic: string, frame: RelayFrame) => bus.publish(topic, JSON.stringify(frame));
  const queue = createCommitQueue(store, {
    onFault: (error) => onError(error, 'after commit'),
    onCommit: watchedCommits(meter, logger),
    ...(options.maxBatch !== undefined && { maxBatch: options.maxBatch }),
  });
  const lazy = createLazyWrites(queue, { onFault: (error) => onError(error, 'lazy write') });
  const live = createLive({ bus, now: () => clock.now(), onError });

  const refused = loggedRefusals(createRefusedOrigins(clock), logger);
  const sites = createSiteDirectory({ store, clock, refused, ownOrigins: options.ownOrigins });

  const visitorPresence = inProcessPresence<OnSiteVisitor>(ON_SITE_EVERY_MS);
  const onSite = createOnSite({ store, lazy, clock, presence: visitorPresence });
  visitorPresence.watch((siteId, { set, gone }) => {
    for (const frame of onSiteFrames([...set.values()], { all: false, gone: [...gone] }))
      tell(topics.staff(siteId), frame);
  });
  const operatorPresence = inProcessPresence<OperatorHere>(0);
  const operatorsHere = createOperatorsHere({
    ...{ presence: operatorPresence, clock },
    graceMs: (siteId) => board.graceMs(siteId),
    onGone: (siteId, operatorId) =>
      void releaseLeft(conversations, siteId, operatorId, (visitorId) => onSite.isHere(siteId, visitorId)).catch(
        (error) => onError(error, 'release'),
      ),
  });
  const board = createAvailabilityBoard({
    ...{ clock, settingsOf: sites.settingsOf, online: operatorsHere.online },
    tell: (siteId, availability) => tell(topics.visitors(siteId), { type: 'availability', availability }),
  });
  const availabilityChanged = (siteId: string, edited = false) =>
    void board.changed(siteId, edited).catch((error) => onError(error, 'availability'));
  operatorPresence.watch((siteId) => {
    tell(topics.staff(siteId), { type: 'presence', operators: operatorsHere.statuses(siteId) });
    availabilityChanged(siteId);
  });

  const articles = createKnowledge({ store, clock });
  const knowledge = countedSearches(articles, meter);
  const feedback = createFeedback({ store, queue, clock, knowledge: articles });
  const counter = createViewCounter({ store, clock });
  const announcer = createAnnouncer({ store, bus, counter, onError });
  const inbox = createInbox({ store, queue, clock, onError });
  const conversations: ConversationsDeps = {
    ...{ store, queue, lazy, bus, clock, limits, inbox, announcer, heads: createHeads(store), proofKeys },
    settingsOf: sites.settingsOf,
    invitationText: (db, siteId, triggerId, locale) => invitationText(db, t, siteId, triggerId, locale),
    onPerson: onSite.update,
    onFirstEvent: (siteId, visitorId) => onSite.update(siteId, visitorId, { hasConversation: true }),
  };
  const changeOf = (siteId: string) => changeOfSite(read, t, siteId);
  const parts: RoleParts = { conversations, live, epoch, meter, logger };
  const queueBoard = createQueueBoard({
    ...{ store, bus, clock, settingsOf: sites.settingsOf, isHere: onSite.isHere, onError },
  });
  const visitorRole = visitorSockets(parts, { onSite, availability: board.of, queueBoard });
  const operatorRole = operatorSockets(parts, { counter, operatorsHere, onSiteNow: onSite.list, changeOf });

  const operators: OperatorsDeps = {
    ...{ store, clock, lazy, seal },
    throttle: createSignInThrottle(),
    statuses: operatorsHere.statuses,
    onRevoked: (sessionIds) => closeSignedOut(operatorRole, operatorsHere, sessionIds),
    onDeleted: (siteId, operator) => releaseConversations(conversations, siteId, operator),
    onEdited: (siteId) => tell(topics.staff(siteId), { type: 'edited', what: 'operators' }),
  };

  const trusted = {
    addressOf: clientAddress(options.trustProxy),
    isSecure: cameSecurely(options.trustProxy),
    isPassedOn: camePassedOn(options.trustProxy),
  };
  const isOwnOrigin = (origin: string) => options.ownOrigins.includes(origin);
  const app = createApp({
    ...{ logger, limits, assets: options.assets, demo: options.demo ? demoRoutes() : null, operators, isOwnOrigin },
    ...trusted,
    metricsTokens: options.metricsTokens ?? [],
    meter,
    isGoingDown: () => goingDown,
    notReady: async () => {
      if (goingDown) return 'The relay is going down.';
      await read.select().from(t.meta).limit(1);
      return null;
    },
    visitors: {
      ...{ store, queue, limits, clock, tokenKeys, seal, locate: options.locate },
      onPerson: onSite.update,
      conversationIds: async (siteId, visitorId) =>
        (await conversationsOfVisitor(read, t, siteId, visitorId)).map(({ id }) => id),
      moveConversations: (db, batch, siteId, from, to) =>
        moveConversations(conversations, db, batch, { siteId, from, to }),
      isOpen: (db, id) => isOpenConversation(db, t, id),
      siteFor: sites.forPage,
      onMoved: (siteId, deviceId) => closeMoved(visitorRole, siteId, deviceId),
      chooseLocale: async (siteId, page, browser) => chooseLocale(await sites.settingsOf(siteId), page, browser),
      async publicSite(siteId, locale, icon) {
        const hasArticles = await knowledge.hasArticles(siteId, locale);
        return toPublicSite(await sites.byId(siteId), locale, { hasArticles, icon });
      },
      availability: board.of,
      triggersFor: async (siteId, visitorId, locale) =>
        triggersFor(read, t, siteId, visitorId, locale, siteName(await sites.byId(siteId), locale)),
      chatHead: (conversationId) => chatHeadOf(read, t, conversationId),
    },
    eventStream: { role: visitorRole, siteFor: sites.forPage },
    sites: {
      ...{ store, clock, refused },
      publicUrl: () => options.publicUrl,
      onEdited(siteId) {
        sites.forget(siteId);
        availabilityChanged(siteId, true);
        tell(topics.staff(siteId), { type: 'edited', what: 'site' });
      },
    },
    articles: { ...{ store, knowledge, feedback, limits, clock }, siteByKey: sites.byKey, siteFor: sites.forPage },
    uploads: { store, queue, clock, limits, fileKeys, siteFor: sites.forPage },
    identityKeys: { store, clock, seal },
    conversations: { store, changeOf },
    triggers: { store, clock, onEdited: (siteId) => tell(topics.staff(siteId), { type: 'edited', what: 'triggers' }) },
  });

  const passes = socketPasses({ ...{ limits, isOwnOrigin, ...trusted }, siteFor: sites.forPage, signedIn: operators });
  const paths = new Map([
    ['/api/visitor/socket', { pass: passes.visitor, accept: visitorRole.accept } as GatewayPath<unknown>],
    ['/api/v1/socket', { pass: passes.operator, accept: operatorRole.accept } as GatewayPath<unknown>],
  ]);
  for (const { siteId, id } of await holders(conversations)) operatorsHere.expect(siteId, id);
  const unanswered = createUnanswered(conversations);
  let detach = () => {};
  let goingDown = false;
  const prune = () => feedback.prune();
  const endRounds = startRounds(
    [
      { everyMs: LOOK_EVERY_MS, where: 'operators here', run: operatorsHere.look },
      { everyMs: LOOK_EVERY_MS, where: 'availability', run: board.look },
      { everyMs: LOOK_EVERY_MS, where: 'unanswered', run: unanswered.look },
      { everyMs: SWEEP_MS, where: 'unsent files', run: () => dropUnsent({ store, queue, clock }) },
      { everyMs: SWEEP_MS, where: 'old feedback', run: prune },
    ],
    onError,
  );
  const drain = () => {
    goingDown = true;
    return live.drain(VERDICTS_MS);
  };

  return {
    app,
    store,
    clock,
    /** Drops old counts at once, as happens by itself every ten minutes. */
    prune,
    /** Whether a visitor is on a page of the site now. */
    isHere: onSite.isHere,
    /** Takes the sockets of a listening server. */
    attach(server: Server) {
      detach = attachGateway(server, paths, (error) => {
        const said = error instanceof FrontdeskError ? error : new FrontdeskError('internal');
        if (said !== error) onError(error, 'upgrade');
        meter.refusedSocket(said.code);
        return said;
      });
    },
    /** Is not ready from now on, gives the verdicts it owes, asks everybody to come back later; then nobody is there. */
    drain,
    /** Drains, writes what waits, lets go of everything but the store. */
    async stop() {
      if (!goingDown) await drain();
      endRounds();
      await lazy.close();
      await queue.drained();
      onSite.stop();
      visitorPresence.stop();
      operatorPresence.stop();
      announcer.stop();
      queueBoard.stop();
      live.stop();
      detach();
    },
  };
}
