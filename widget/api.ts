import type { VisitorSign } from '../relay/protocol/index.ts';
import { changeConsent } from './consent/consent-verb.ts';
import { takeLeave } from './consent/take-leave.ts';
import type { Core, Prefilled } from './core.ts';
import type { Desk } from './desk.ts';
import { fail } from './errors.ts';
import { EVENTS } from './events.ts';
import { identify, type Person, type Proof, tellRelay } from './identity/identify.ts';
import type { Suggested } from './knowledge-more/knowledge-more.tsx';
import { checkOptions, expected, type Options } from './options.ts';
import { withAnswers } from './pre-chat/answers.ts';
import { stateOf } from './state.ts';
import { wipe } from './storage.ts';

type Value = Prefilled['value'];
type Values = Record<string, Prefilled | Value>;

const set = <T>(cell: { value: T }, value: T) => {
  cell.value = value;
};

const change = (core: Core, more: Partial<Options>) => {
  Object.assign(core.options, more);
  core.dress();
};

/** Verbs that need a widget: what each takes, as `name:type` (a `?` may be left out), and what it does. */
const VERBS: Record<string, [takes: string, run: (core: Core, ...args: never[]) => unknown]> = {
  open: ['screen?:string', (core, ...args: Parameters<Core['show']>) => core.show(...args)],
  close: ['', ({ open }) => set(open, false)],
  toggle: ['', (core) => (core.open.value ? set(core.open, false) : core.show())],
  show: ['', (core) => change(core, { launcher: 'on' })],
  hide: ['', (core) => change(core, { launcher: 'off' })],
  prefill: [
    'values:object',
    ({ prefill }, { fields, ...values }: Values & { fields?: Values }) => {
      const given = Object.entries({ ...values, ...(fields as Values | undefined) }).map(([name, value]) => [
        name,
        value && typeof value === 'object' && 'value' in value ? value : { value },
      ]);
      prefill.value = { ...prefill.value, ...Object.fromEntries(given) };
    },
  ],
  send: [
    'text:string',
    async (core, text: string) => {
      // Settles when the message is kept; it is sent by itself.
      const live = await core.live();
      await withAnswers(core, live)(text, live.session.current || core.session.conversation.id);
    },
  ],
  search: ['query:string', (core, query: string) => core.show('search', { query })],
  article: ['slug:string', (core, slug: string) => core.show(`article/${slug}`)],
  suggest: ['given?:object', async (core, given?: Suggested) => (await core.app()).suggest(given)],
  page: [
    'url?:string',
    async (core, url?: string) => {
      core.dress();
      const page = { ...core.page(), ...(url && { url: new URL(url, location.href).href }) };
      (await core.live()).session.sign({ type: 'page', page });
    },
  ],
  track: [
    'event:string data?:object',
    async (core, name: string, data: object = {}) => {
      if (core.session.quiet) return;
      const { session } = await core.live();
      const sign = { type: 'track', name, data } as Extract<VisitorSign, { type: 'track' }>;
      if (session.sign(sign)) return;
      const off = session.on('welcome', () => {
        off();
        session.sign(sign);
      });
    },
  ],
  setConversation: ['attributes:object', (core, conversation: object) => tellRelay(core, { conversation })],
  trigger: ['id:string', async (core, id: string) => (await core.load('rules'))(core)(id)],
  refreshStyles: [
    '',
    (core) => {
      core.host.refresh();
      core.dress();
    },
  ],
};

type Listener = (data: unknown) => void;

/** Calls of the page's that wait for a widget. */
const waiting = new WeakMap<Desk, ((core: Promise<Core>) => void)[]>();

/** The widget of now, or the next one. */
export function ready(desk: Desk): Promise<Core> {
  if (desk.running) return desk.running.ready;
  return new Promise((resolve) => waiting.set(desk, [...(waiting.get(desk) ?? []), resolve]));
}

function start(desk: Desk, options: Partial<Options>): void {
  desk.start(options);
  for (const resolve of waiting.get(desk) ?? []) resolve(ready(desk));
  waiting.delete(desk);
}

function end(desk: Desk): void {
  desk.running?.ending.abort();
  desk.running = undefined;
}

/**
 * Calls `listener` at each event of this name. One that throws disturbs neither us nor the others. Who asks for `ready` when
 * it has been is told at once: whether a page's script runs before or after ours is chance.
 */
export function listen(desk: Desk, name: string, listener: Listener): () => void {
  let off = false;
  const tell = (data?: unknown) =>
    queueMicrotask(() => {
      if (!off) listener(data);
    });
  const stop = desk.listen(([event, data]) => {
    if (event === name) tell(data);
  });
  if (name === 'ready' && desk.running?.core) tell();
  return () => {
    off = true;
    stop();
  };
}

/** The same for the next event alone. */
export function listenOnce(desk: Desk, name: string, listener: Listener): () => void {
  const stop = listen(desk, name, (data) => {
    stop();
    listener(data);
  });
  return stop;
}

/** Other options at run time. What comes from the relay (words, a site, an icon) needs another session: then everything begins anew, as open as it was. */
async function configure(desk: Desk, more: Partial<Options>): Promise<void> {
  const core = await ready(desk);
  if (more.consent) {
    const { consent, ...others } = more;
    if (Object.keys(others).length) await configure(desk, others);
    return consentTo(desk, consent);
  }
  if (more.locale || more.site || more.relay || more.icon) return restart(desk, core, more);
  change(core, more);
}

/** Begins anew with some other options, as open as it was. */
async function restart(desk: Desk, core: Core, more: Partial<Options>): Promise<void> {
  const [open, screen] = [core.open.value, core.screen.value];
  end(desk);
  start(desk, { ...core.options, ...more });
  if (open) await (await ready(desk)).show(screen, { still: true });
}

/** How the other tabs are told of it. */
const LOGOUT = 'logout';

/** Takes leave of the relay, wipes the device and begins anew as somebody nobody knows. */
async function logout(desk: Desk): Promise<void> {
  const core = await ready(desk);
  if (!core.session.quiet) await takeLeave(core);
  end(desk);
  wipe(core.options);
  start(desk, core.options);
  // When it is done, so that the other tabs go on with the device's new token.
  const { session } = await (await ready(desk)).live();
  session.leave(LOGOUT);
}

const consentTo = async (desk: Desk, state: string) =>
  changeConsent(await ready(desk), desk, state, (core, more) => restart(desk, core, more));

/** Verbs of the desk, with or without a widget. */
const DESK: Record<string, [takes: string, run: (desk: Desk, ...args: never[]) => unknown]> = {
  init: [
    'options?:object',
    (desk, given?: object) => {
      if (desk.running) throw fail('already-started', 'it has been started; destroy it first.');
      start(desk, { ...desk.tag, ...checkOptions(given ?? {}) });
    },
  ],
  destroy: ['', end],
  on: ['event:string listener:function', listen],
  once: ['event:string listener:function', listenOnce],
  config: ['options:object', (desk, given: object) => configure(desk, checkOptions(given))],
  locale: ['code:string', (desk, locale: string) => configure(desk, { locale })],
  consent: ['state:string', consentTo],
  identify: [
    'person?:object proof?:object',
    (desk, person?: Person, proof?: Proof) =>
      identify(
        () => ready(desk),
        () => logout(desk),
        person ?? {},
        proof ?? {},
      ),
  ],
  logout: ['', logout],
  set: ['attributes:object', async (desk, attributes: object) => tellRelay(await ready(desk), { attributes })],
  state: ['', ({ running }) => stateOf(running?.core)],
};

/** Throws unless `args` are what `verb` takes. */
function check(verb: unknown, takes: string, args: readonly unknown[]): void {
  for (const [i, part] of takes.split(' ').entries()) {
    const [name = '', type] = part.split(':');
    const missing = args[i] === undefined || args[i] === null;
    if (type && (missing ? !name.endsWith('?') : typeof args[i] !== type))
      throw expected('bad-argument', `${verb} got no ${name} that it understands`, [`a ${type}`]);
  }
  if (takes.startsWith('event:string l') && !(EVENTS as readonly unknown[]).includes(args[0]))
    throw expected('bad-argument', `there is no event ${args[0]}`, EVENTS);
}

const find = <T>(table: Record<string, T>, verb: unknown) =>
  typeof verb === 'string' && Object.hasOwn(table, verb) ? table[verb] : undefined;

/** Checks a call of the page's and carries it out. */
export interface Api {
  (desk: Desk, call: readonly unknown[]): Promise<unknown>;
  /** Another tab ended what the device has with the relay: `logout`, or consent is `wait` or `denied` now. */
  left(core: Core, how: string): Promise<void>;
}

const call = async (desk: Desk, [verb, ...args]: readonly unknown[]) => {
  const own = find(DESK, verb);
  const other = find(VERBS, verb);
  const [takes] = own ?? other ?? [];
  if (takes === undefined)
    throw expected('unknown-verb', `there is no verb ${verb}`, [...Object.keys(DESK), ...Object.keys(VERBS)]);
  check(verb, takes, args);
  return own ? own[1](desk, ...(args as never[])) : other?.[1](await ready(desk), ...(args as never[]));
};
const api: Api = Object.assign(call, {
  left: async (core: Core, how: string) => {
    if (!core.over.aborted)
      await restart(core.desk, core, how === LOGOUT ? {} : { consent: how as Options['consent'] });
  },
});
export default api;
