import type { Core } from './core.ts';
import { createWidget } from './create-widget.ts';
import { fail } from './errors.ts';
import type { Emit } from './events.ts';
import type { Options } from './options.ts';
import { createLoad } from './parts.ts';
import { requestSession } from './session.ts';
import { createStorage } from './storage.ts';

/** The function a page calls: `Frontdesk(verb, …args)`. */
export type Frontdesk = (verb: unknown, ...args: unknown[]) => Promise<unknown>;

export type Listener = (data: unknown) => void;

/** What carries out the page's calls; it outlives `destroy`. */
export interface Desk {
  readonly listeners: Set<[unknown, Listener]>;
  /** There is a widget, or one is on its way. */
  readonly begun: boolean;
  readonly core: Core | undefined;
  /** The widget of now, or the next one. */
  readonly ready: Promise<Core>;
  begin(more?: Partial<Options>): void;
  /** Takes the widget away; `forget`: and the options that were given since the tag's. */
  end(forget?: boolean): void;
}

const FIRST_WAIT_MS = 2_000;

/** Makes the function and what stands behind it. Beginning and listening are done at once, the rest by the part `api`. */
export function createFrontdesk(defaults: Partial<Options>): Frontdesk {
  const listeners: Desk['listeners'] = new Set();
  let options = defaults;
  let ending: AbortController | undefined;
  let core: Core | undefined;
  let ready: Promise<Core>;
  let settle: (made: Core) => void;
  let refuse: (error: unknown) => void;

  const emit: Emit = (event, ...[data]) => {
    for (const [name, listener] of [...listeners])
      if (name === event)
        try {
          listener(data);
        } catch (error) {
          console.error(error);
        }
  };
  const ask = async (over: AbortSignal, wait: number) => {
    try {
      const { site, relay = '' } = options;
      if (!isSecureContext) throw fail('insecure', 'the page has to be on HTTPS or localhost');
      if (!site) throw fail('bad-option', 'site is missing');
      const kept = createStorage(relay, site);
      const session = await requestSession(relay, site, options.locale, kept);
      if (over.aborted) return;
      core = createWidget({ ...options, site, relay }, session, kept, emit, over, (more) => {
        desk.end();
        desk.begin(more);
      });
      settle(core);
      emit('ready');
    } catch (error) {
      if ((error as Error).name === 'FrontdeskError') {
        console.warn((error as Error).message);
        emit('error', error as never);
        refuse(error);
      } else if (!over.aborted) setTimeout(ask, wait, over, wait * 2);
    }
  };
  const renew = () => {
    ready = new Promise((resolve, reject) => {
      settle = resolve;
      refuse = reject;
    });
    // Who waits hears of it; that nobody waits is no fault.
    ready.catch(() => {});
  };
  const desk: Desk = {
    listeners,
    get begun() {
      return !!ending;
    },
    get core() {
      return core;
    },
    get ready() {
      return ready;
    },
    begin(more) {
      options = { ...options, ...more };
      ending = new AbortController();
      ask(ending.signal, FIRST_WAIT_MS);
    },
    end(forget) {
      if (forget) options = defaults;
      ending?.abort();
      ending = core = undefined;
      renew();
    },
  };
  renew();

  return async (verb, ...args) => {
    const begins = verb === 'init' && !desk.begun;
    if (begins) desk.begin(args[0] as Options);
    if (verb === 'on') listeners.add(args as [unknown, Listener]);
    // The tag's own beginning needs no check; a call from the page gets one.
    if (begins && !args.length) return;
    const relay = options.relay ?? (await ready).relay;
    return (await createLoad(relay)('api'))(desk, verb, args, begins);
  };
}
