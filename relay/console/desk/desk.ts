import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { createEmitter, type Emitter } from '../../client/emitter.ts';
import type { LineState } from '../../client/line.ts';
import { createOperatorClient } from '../../client/operator.ts';
import type { Verdict } from '../../client/outbox.ts';
import type { Session } from '../../client/session.ts';
import type {
  ConversationSummary,
  OnSiteVisitor,
  Operator,
  PresenceStatus,
  ViewCounts,
} from '../../protocol/entities.ts';
import type { Draft, OperatorCommand } from '../../protocol/frames.ts';
import type { SiteSettings } from '../../protocol/site-settings.ts';
import type { Api } from '../api.ts';
import { type ConversationModel, createConversation, draftKeyOf } from '../conversation/conversation-model.ts';
import { createList, type ListModel, type ListPage } from '../inbox/list-model.ts';
import type { StoredView } from '../inbox/membership.ts';
import type { ViewName } from '../router.ts';
import type { DeviceStorage } from '../storage.ts';
import type { TickingClock } from './clock.ts';

/** What desk listeners hear besides signals. */
export interface DeskEvents {
  /** A row of the lists changed; `before`: as it was known here. */
  change: { before: ConversationSummary | undefined; after: ConversationSummary };
  edited: 'operators' | 'triggers' | 'site' | 'articles';
}

/** One site as an operator works on it: its live line, its lists and the conversations that are open. */
export interface Desk extends Pick<Emitter<DeskEvents>, 'on'> {
  readonly site: string;
  readonly me: { id: string; name: string };
  readonly api: Api;
  readonly clock: TickingClock;
  readonly storage: DeviceStorage;
  readonly session: Session<OperatorCommand>;
  readonly line: ReadonlySignal<{ state: LineState; code?: number | undefined }>;
  /** Whether the line has been up since the desk was opened. */
  readonly wasOnline: ReadonlySignal<boolean>;
  readonly counts: ReadonlySignal<Record<ViewName, number>>;
  readonly status: ReadonlySignal<PresenceStatus>;
  readonly presence: ReadonlySignal<Record<string, PresenceStatus>>;
  readonly operators: ReadonlySignal<readonly Operator[]>;
  /** Whether a close asks the visitor first whether it is solved. */
  readonly asksSolved: ReadonlySignal<boolean>;
  readonly onSite: ReadonlySignal<ReadonlyMap<string, OnSiteVisitor>>;
  readonly onSiteKnown: ReadonlySignal<boolean>;
  readonly pending: ReadonlySignal<readonly OperatorCommand[]>;
  readonly online: ReadonlySignal<readonly ConversationSummary[]>;
  list(view: StoredView): ListModel;
  conversation(id: string): ConversationModel;
  setStatus(status: PresenceStatus): void;
  /** Puts a command into the outbox and waits for its verdict. */
  order(draft: Draft<OperatorCommand>): Promise<Verdict>;
  loadOperators(): Promise<void>;
  /** Whether this operator has just changed the conversation with their own hands. */
  touched(conversation: string): boolean;
  destroy(): void;
}

const OPEN_AT_ONCE = 12;
const TOUCH_MS = 5_000;
const NO_COUNTS: ViewCounts = { unassigned: 0, all: 0, closed: 0, mine: {} };

export async function createDesk(options: {
  relay: string;
  site: string;
  me: { id: string; name: string };
  api: Api;
  clock: TickingClock;
  storage: DeviceStorage;
}): Promise<Desk> {
  const { relay, site, me, api, clock, storage } = options;
  const session = await createOperatorClient({ relay, site, operatorId: me.id });
  const { on, emit } = createEmitter<DeskEvents>();
  const line = signal<{ state: LineState; code?: number | undefined }>({ state: 'idle' });
  const wasOnline = signal(false);
  const viewCounts = signal<ViewCounts>(NO_COUNTS);
  const status = signal<PresenceStatus>('offline');
  const presence = signal<Record<string, PresenceStatus>>({});
  const operators = signal<readonly Operator[]>([]);
  const onSite = signal<ReadonlyMap<string, OnSiteVisitor>>(new Map());
  const onSiteKnown = signal(false);
  const pending = signal<readonly OperatorCommand[]>(session.outbox.pending);
  const waiters = new Map<string, (verdict: Verdict) => void>();
  const touches = new Map<string, number>();
  const known = new Map<string, ConversationSummary>();
  const open = new Map<string, ConversationModel>();

  const fetchPage = async (view: StoredView, cursor: string | null, limit: number) => {
    const query = new URLSearchParams({ view, limit: String(limit), ...(cursor !== null && { cursor }) });
    const page = await api.get<ListPage>(`/conversations?${query}`);
    for (const row of page.conversations) if (!known.has(row.id)) known.set(row.id, row);
    return page;
  };
  const make = (view: StoredView) => createList({ view, me: me.id, fetchPage });
  const lists = { unassigned: make('unassigned'), mine: make('mine'), all: make('all'), closed: make('closed') };
  const eachList = (fn: (list: ListModel) => void) => Object.values(lists).forEach(fn);

  const online = computed(() => lists.all.rows.value.filter(({ visitor }) => onSite.value.has(visitor.id)));
  const loadOperators = async () => {
    const { operators: all } = await api.get<{ operators: Operator[] }>('/operators');
    operators.value = all;
  };
  const asksSolved = signal(false);
  const loadSite = async () => {
    const { settings } = await api.get<{ settings: SiteSettings }>('');
    asksSolved.value = settings.askSolved.on;
  };
  const refollow = () => {
    const conversations = [...open.keys()].flatMap((id) => {
      const log = session.log(id);
      return log ? [{ conversation: id, seq: log.top }] : [];
    });
    session.sign({ type: 'follow', conversations });
  };

  session.on('state', (now) => {
    line.value = now;
  });
  session.on('welcome', (frame) => {
    if (frame.role !== 'operator') return;
    clock.setNow(Date.parse(frame.now));
    wasOnline.value = true;
    status.value = frame.status;
    viewCounts.value = frame.counts;
    // What was opened after the hello went out is not among its resume points.
    refollow();
    eachList((list) => {
      list.expect(frame.change);
    });
  });
  session.on('pending', (commands) => {
    pending.value = commands;
  });
  session.on('verdict', ({ command, verdict }) => {
    waiters.get(command.id)?.(verdict);
    waiters.delete(command.id);
    const shown = open.get(command.conversation);
    if (shown) return shown.settle(command, verdict);
    // Refused while it is not looked at: the words come back as its draft, so that nothing written is lost.
    const key = draftKeyOf(site, me.id, command.conversation);
    if (verdict.type === 'reject' && command.type === 'message:send')
      storage.set(key, [storage.get(key), command.text].filter(Boolean).join('\n'));
  });
  session.on('event', ({ log }) => open.get(log.conversation)?.grow());
  session.on('resync', () => {
    for (const model of open.values()) if (!session.log(model.id)) model.load();
  });
  session.on('frame', (frame) => {
    switch (frame.type) {
      case 'changes': {
        eachList((list) => list.apply(frame));
        for (const after of frame.conversations) {
          const before = known.get(after.id);
          known.set(after.id, after);
          open.get(after.id)?.setSummary(after);
          emit('change', { before, after });
        }
        return;
      }
      case 'counts':
        viewCounts.value = frame.counts;
        return;
      case 'heartbeat':
        if (frame.change !== undefined) {
          const { change } = frame;
          eachList((list) => list.expect(change));
        }
        return;
      case 'on-site': {
        const here = new Map(frame.all ? [] : onSite.value);
        for (const visitor of frame.here) here.set(visitor.visitor, visitor);
        for (const id of frame.gone) here.delete(id);
        onSite.value = here;
        onSiteKnown.value = true;
        return;
      }
      case 'presence':
        presence.value = frame.operators;
        if (frame.operators[me.id]) status.value = frame.operators[me.id] ?? status.value;
        return;
      case 'edited':
        if (frame.what === 'operators') loadOperators().catch(() => {});
        if (frame.what === 'site') loadSite().catch(() => {});
        return emit('edited', frame.what);
      case 'mark':
      case 'typing':
        return open.get(frame.conversation)?.receive(frame);
    }
  });

  const desk: Desk = {
    ...{ on, site, me, api, clock, storage, session, line, wasOnline, status, presence, operators },
    ...{ onSite, onSiteKnown, pending, online, loadOperators, asksSolved },
    counts: computed(() => ({
      unassigned: viewCounts.value.unassigned,
      mine: viewCounts.value.mine[me.id] ?? 0,
      online: online.value.length,
      all: viewCounts.value.all,
      closed: viewCounts.value.closed,
      'on-site': onSite.value.size,
    })),
    list: (view) => lists[view],
    conversation(id) {
      const was = open.get(id);
      if (was) {
        // The latest goes to the end, so that the oldest is the first to be let go.
        open.delete(id);
        open.set(id, was);
        was.refresh();
        return was;
      }
      const made = createConversation(desk, id, known.get(id) ?? null, refollow);
      open.set(id, made);
      const oldest = open.size > OPEN_AT_ONCE ? open.keys().next().value : undefined;
      if (oldest !== undefined) {
        open.delete(oldest);
        session.unfollow(oldest);
      }
      made.load();
      return made;
    },
    setStatus(to) {
      if (session.sign({ type: 'status', status: to })) status.value = to;
    },
    async order(draft) {
      touches.set(draft.conversation, Date.now());
      const command = await session.command(draft);
      return new Promise((resolve) => waiters.set(command.id, resolve));
    },
    touched: (id) => Date.now() - (touches.get(id) ?? 0) < TOUCH_MS,
    destroy: () => session.destroy(),
  };

  session.connect();
  loadOperators().catch(() => {});
  loadSite().catch(() => {});
  lists.unassigned.start();
  lists.mine.start();
  lists.all.start();
  return desk;
}
