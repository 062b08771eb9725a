import type { Core, Prefilled } from './core.ts';
import { fail } from './errors.ts';
import { EVENTS } from './events.ts';
import type { Desk, Listener } from './frontdesk.ts';
import { checkOptions, expected, type Options } from './options.ts';
import { currentPage } from './page.ts';
import { stateOf } from './state.ts';

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
      await (await core.live()).send(text);
    },
  ],
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
  refreshStyles: [
    '',
    (core) => {
      core.host.refresh();
      core.dress();
    },
  ],
};

type Fresh = boolean | (() => void);

/** Verbs of the desk, with or without a widget. `fresh` is what the loader has begun for this call already. */
const DESK: Record<string, [takes: string, run: (desk: Desk, fresh: Fresh, ...args: never[]) => unknown]> = {
  init: [
    'options?:object',
    (_desk, fresh, given?: object) => {
      if (!fresh) throw fail('already-started', 'it has been started; destroy it first.');
      checkOptions(given ?? {});
    },
  ],
  destroy: ['', (desk) => desk.end(true)],
  on: ['event:string listener:function', (_desk, fresh) => fresh],
  once: [
    'event:string listener:function',
    (desk, _fresh, event: string, listener: Listener) => {
      const stop = desk.listen(event, (data) => {
        stop();
        listener(data);
      });
      return stop;
    },
  ],
  config: ['options:object', (desk, _fresh, given: object) => configure(desk, checkOptions(given))],
  locale: ['code:string', (desk, _fresh, locale: string) => configure(desk, { locale })],
  state: ['', ({ core }) => stateOf(core)],
};

/** Other options at run time. Another language or site comes from the relay: then everything begins anew, as open as it was. */
async function configure(desk: Desk, more: Partial<Options>): Promise<void> {
  const core = await desk.ready;
  if (!more.locale && !more.site && !more.relay) return change(core, more);
  const [open, screen] = [core.open.value, core.screen.value];
  desk.end();
  desk.begin({ ...core.options, ...more });
  if (open) await (await desk.ready).show(screen, { still: true });
}

/** Throws unless `args` are what `verb` takes. */
function check(verb: unknown, takes: string, args: readonly unknown[]): void {
  for (const [i, part] of takes.split(' ').entries()) {
    const [name = '', type] = part.split(':');
    const missing = args[i] === undefined || args[i] === null;
    if (type && (missing ? !name.endsWith('?') : typeof args[i] !== type))
      throw expected('bad-argument', `${verb} got no ${name} that it understands`, [`a ${type}`]);
  }
  if (takes.startsWith('event') && !(EVENTS as readonly unknown[]).includes(args[0]))
    throw expected('bad-argument', `there is no event ${args[0]}`, EVENTS);
}

const find = <T>(table: Record<string, T>, verb: unknown) =>
  typeof verb === 'string' && Object.hasOwn(table, verb) ? table[verb] : undefined;

/** Checks a call of the page's and carries it out. */
export type Api = (desk: Desk, verb: unknown, args: readonly unknown[], fresh: Fresh) => Promise<unknown>;

const api: Api = async (desk, verb, args, fresh) => {
  const own = find(DESK, verb);
  const other = find(VERBS, verb);
  const [takes] = own ?? other ?? [];
  try {
    if (takes === undefined)
      throw expected('unknown-verb', `there is no verb ${verb}`, [...Object.keys(DESK), ...Object.keys(VERBS)]);
    check(verb, takes, args);
    if (own) return await own[1](desk, fresh, ...(args as never[]));
  } catch (error) {
    // The loader took it on trust.
    if (typeof fresh === 'function') fresh();
    else if (fresh) desk.end();
    throw error;
  }
  return other?.[1](await desk.ready, ...(args as never[]));
};
export default api;
