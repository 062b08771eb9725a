import type { VisitorClient } from '../../relay/client/visitor.ts';
import type { VisitorCommand } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import type { Core } from '../core.ts';
import { fail } from '../errors.ts';
import type { Live, Refused } from '../live.ts';
import { once } from '../parts.ts';
import { requestSession } from '../session.ts';
import { wipe } from '../storage.ts';
import css from './consent.css?inline';
import { CONSENT_WORDS } from './words.ts';

/**
 * Stands for the connection while nothing may be kept: no token, no line, no outbox. What the visitor does first, or the
 * page's word, begins the session; from then on all is handed to the real connection.
 */
export default async function quiet(core: Core): Promise<Live> {
  const { session, options, kept, availability, host, over } = core;
  const changed = core.cell(0);
  const refused = core.cell<Refused[]>([]);
  /** Messages on their way to a session that is being begun. */
  let waiting: VisitorCommand[] = [];
  let real: Live | undefined;
  let app: AppContext | undefined;
  let styled = false;
  const hooks: ((client: VisitorClient) => void)[] = [];
  const update = () => {
    changed.value++;
  };
  if (options.consent === 'denied') wipe(options);

  const begin = once(async () => {
    const draft = app?.chat?.draft;
    // Where the device keeps nothing the relay still has to know who writes.
    const { consent: _, ...willing } = options;
    const memory = { get: () => null, set: () => {} };
    Object.assign(session, await requestSession(willing, options.consent ? memory : kept));
    if (session.quiet) throw fail('refused', 'this browser is taken for a crawler');
    over.throwIfAborted();
    availability.value = session.availability;
    waiting = waiting.map((command) => ({ ...command, conversation: session.conversation.id }));
    const made = await (await core.load('live'))(core);
    real = made;
    made.changed.on(update);
    made.refused.on((all) => {
      refused.value = all;
    });
    refused.on((all) => {
      made.refused.value = all;
    });
    refused.value = made.refused.value;
    for (const hook of hooks) hook(made.session);
    if (draft && app?.chat) app.chat.draft = draft;
    if (!options.consent && session.triggers.length) (await core.load('rules'))(core);
    update();
  });
  /** The visitor has acted: what the page waited for is there, unless it was refused before. */
  const act = async () => {
    if (options.consent === 'wait') options.consent = undefined;
    await begin();
    return real as Live;
  };

  const idle: Pick<VisitorClient, 'state' | 'current' | 'conversations'> = {
    state: 'online',
    current: '',
    conversations: new Map(),
  };
  const client: VisitorClient = {
    get state() {
      return (real?.session ?? idle).state;
    },
    get current() {
      return (real?.session ?? idle).current;
    },
    get conversations() {
      return (real?.session ?? idle).conversations;
    },
    get outbox() {
      return real?.session.outbox ?? ({ pending: waiting, durable: true } as unknown as VisitorClient['outbox']);
    },
    on(event, listener) {
      let off = () => {};
      const hook = (to: VisitorClient) => {
        off = to.on(event, listener);
      };
      if (real) hook(real.session);
      else hooks.push(hook);
      return () => {
        hooks.splice(hooks.indexOf(hook) >>> 0, 1);
        off();
      };
    },
    command: async (draft) => (await act()).session.command(draft),
    sign: (frame) => !!real?.session.sign(frame),
    log: (conversation) => real?.session.log(conversation),
    follow: (conversation, top) => (real as Live).session.follow(conversation, top),
    unfollow: (conversation) => real?.session.unfollow(conversation),
    connect: () => real?.session.connect(),
    disconnect: () => real?.session.disconnect(),
    wake: () => real?.session.wake(),
    leave: (how) => real?.session.leave(how),
    destroy: () => real?.session.destroy(),
  };

  return {
    session: client,
    changed,
    refused,
    pathOf: (conversation) => real?.pathOf(conversation) ?? 'chat',
    read: (conversation) => real?.read(conversation),
    talk: async (what) => real?.talk(what) ?? (await core.load('bubble'))(core, what),
    async send(text, conversation, extras) {
      if (real) return real.send(text, conversation, extras);
      const shown: VisitorCommand = { type: 'message:send', conversation, text, id: crypto.randomUUID(), n: 1 };
      waiting = [...waiting, shown];
      update();
      try {
        const live = await act();
        return await live.send(text, session.conversation.id, extras);
      } finally {
        waiting = waiting.filter(({ id }) => id !== shown.id);
        update();
      }
    },
    async begin() {
      const { token } = session;
      // It was begun in memory alone, and may be kept now.
      if (real) kept.set('token', token);
      else await begin();
    },
    notice(context) {
      app = context;
      const { screen } = context;
      if (real || !/^(chat|conv|email)/.test(screen)) return;
      if (!styled) host.sheet(css);
      styled = true;
      const { locale, texts, policy } = session.site;
      const words = CONSENT_WORDS[locale];
      return (
        <p class="fd-consent">
          {texts.consent || (options.consent === 'denied' ? words.memory : words.notice)}{' '}
          {policy && (
            <a class="fd-policy" href={policy} target="_blank" rel="noopener noreferrer">
              {words.policy}
            </a>
          )}
        </p>
      );
    },
  };
}
