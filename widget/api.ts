import type { Core, Prefilled } from './core.ts';
import { fail } from './errors.ts';
import { EVENTS } from './events.ts';
import type { Desk, Listener } from './frontdesk.ts';
import { checkOptions, expected, type Options } from './options.ts';
import { currentPage } from './page.ts';

/** What `state()` tells. */
export interface WidgetState {
  ready: boolean;
  open: boolean;
  screen: string;
  unread: number;
  online: boolean;
  conversationId: string | null;
  visitNumber: number;
  locale: string;
}

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
  send: ['text:string', async (core, text: string) => void (await core.live()).send(text)],
  search: ['query:string', (core, query: string) => core.show('search', { query })],
  article: ['slug:string', (core, slug: string) => core.show(`article/${slug}`)],
  suggest: ['slugs?:object', async (core, slugs?: string[]) => (await core.app()).suggest(slugs)],
  page: [
    'url?:string',
    async (core, url?: string) => {
      core.dress();
      const page = { ...currentPage(), ...(url && { url: new URL(url, location.href).href }) };
      (await core.live()).session.sign({ type: 'page', page });
    },
  ],
  trigger: ['id:string', async (core, id: string) => (await core.load('rules'))(core)(id)],
  config: [
    'options:object',
    (core, given: object) => {
      const more = checkOptions(given);
      // Another language or site comes from the relay.
      if (more.locale || more.site || more.relay) return core.restart({ ...core.options, ...more });
      change(core, more);
    },
  ],
  locale: ['code:string', (core, locale: string) => core.restart({ ...core.options, locale })],
  refreshStyles: [
    '',
    (core) => {
      core.host.refresh();
      core.dress();
    },
  ],
};

/** Verbs that work without a widget; the first and the third were begun by the loader already. */
const DESK: Record<string, [takes: string, run: (desk: Desk, ...args: never[]) => unknown]> = {
  init: [
    'options?:object',
    (desk, given: object | undefined, fresh: boolean) => {
      if (!fresh) throw fail('already-started', 'it has been started; destroy it first.');
      try {
        checkOptions(given ?? {});
      } catch (error) {
        desk.end();
        throw error;
      }
    },
  ],
  destroy: ['', (desk) => desk.end(true)],
  on: [
    'event:string listener:function',
    ({ listeners }, event: string, listener: Listener) =>
      () => {
        for (const entry of listeners) if (entry[0] === event && entry[1] === listener) listeners.delete(entry);
      },
  ],
  once: [
    'event:string listener:function',
    ({ listeners }, event: string, listener: Listener) => {
      const stop = () => listeners.delete(entry);
      const entry: [string, Listener] = [
        event,
        (data) => {
          stop();
          listener(data);
        },
      ];
      listeners.add(entry);
      return stop;
    },
  ],
  state: [
    '',
    ({ core }): WidgetState => ({
      ready: !!core,
      open: !!core?.open.value,
      screen: core?.screen.value ?? '',
      unread: core?.unread.value ?? 0,
      online: !!core?.availability.value.online,
      conversationId: core?.session.conversation.id ?? null,
      visitNumber: core?.session.visitNumber ?? 0,
      locale: core?.session.site.locale ?? '',
    }),
  ],
};

/** Throws unless `args` are what `verb` takes. */
function check(verb: string, takes: string, args: readonly unknown[]): void {
  for (const [i, part] of takes.split(' ').entries()) {
    const [name = '', type] = part.split(':');
    const missing = args[i] === undefined || args[i] === null;
    if (type && (missing ? !name.endsWith('?') : typeof args[i] !== type))
      throw expected('bad-argument', `${verb} got no ${name} that it understands`, [`a ${type}`]);
  }
  if (takes.startsWith('event') && !(EVENTS as readonly unknown[]).includes(args[0]))
    throw expected('bad-argument', `there is no event ${args[0]}`, EVENTS);
}

/** Checks a call of the page's and carries it out. `fresh`: the loader has begun a widget for this `init`. */
export type Api = (desk: Desk, verb: unknown, args: readonly unknown[], fresh: boolean) => Promise<unknown>;

const find = <T>(table: Record<string, T>, verb: unknown) =>
  typeof verb === 'string' && Object.hasOwn(table, verb) ? table[verb] : undefined;

const api: Api = async (desk, verb, args, fresh) => {
  const own = find(DESK, verb);
  const [takes] = own ?? find(VERBS, verb) ?? [];
  if (takes === undefined)
    throw expected('unknown-verb', `there is no verb ${verb}`, [...Object.keys(DESK), ...Object.keys(VERBS)]);
  try {
    check(`${verb}`, takes, args);
  } catch (error) {
    // What the loader took on trust.
    if (fresh) desk.end();
    for (const entry of desk.listeners) if (verb === 'on' && entry[1] === args[1]) desk.listeners.delete(entry);
    throw error;
  }
  if (own) return verb === 'init' ? own[1](desk, args[0] as never, fresh as never) : own[1](desk, ...(args as never[]));
  return find(VERBS, verb)?.[1](await desk.ready, ...(args as never[]));
};
export default api;
