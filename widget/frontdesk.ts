import { cell } from './base/cell.ts';
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
  /** Calls `listener` at each event of this name; gives back how to stop. */
  listen(name: unknown, listener: Listener): () => void;
  /** Ends the widget that is there or on its way. */
  ending?: AbortController | undefined;
  core?: Core | undefined;
  /** The widget of now, or the next one. */
  ready: Promise<Core>;
  begin(more: object | undefined): void;
  /** Takes the widget away; `forget`: and the options that were given since the tag's. */
  end(forget?: boolean): void;
}

const FIRST_WAIT_MS = 1_000;

/** Makes the function and what stands behind it. Beginning and listening are done at once, the rest by the part `api`. */
export function createFrontdesk(tag: Partial<Options>): [Frontdesk, Desk] {
  let options = tag;
  let start: (core: Promise<Core>) => void;

  const events = cell<[name: unknown, data?: unknown]>(['']);
  const emit = ((...event: [unknown, unknown?]) => {
    events.value = event;
  }) as Emit;
  /** Asks for the session until there is an answer, ever more seldom, and builds the widget. */
  const ask = async (over: AbortSignal): Promise<Core> => {
    const { site = '', relay = '' } = options;
    const kept = createStorage(relay, site);
    for (let wait = FIRST_WAIT_MS; ; wait *= 2) {
      try {
        if (!isSecureContext) throw fail('insecure', 'the page has to be on HTTPS or localhost');
        const session = await requestSession(relay, site, options.locale, kept);
        over.throwIfAborted();
        return createWidget({ ...options, site, relay }, session, kept, emit, over);
      } catch (error) {
        over.throwIfAborted();
        if ((error as { code?: unknown }).code) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };
  const desk: Desk = {
    listen(name, listener) {
      // A listener that throws disturbs neither us nor the others.
      return events.on(([event, data]) => event === name && queueMicrotask(() => listener(data)));
    },
    ready: Promise.prototype as never,
    begin(more) {
      options = { ...options, ...more };
      desk.ending = new AbortController();
      const { signal } = desk.ending;
      const asked = ask(signal);
      start(asked);
      asked.then(
        (core) => {
          desk.core = core;
          emit('ready');
        },
        (error) => {
          if (signal.aborted) return;
          console.warn(error.message);
          emit('error', error);
        },
      );
    },
    end(forget) {
      desk.ending?.abort();
      desk.ending = desk.core = undefined;
      if (forget) options = tag;
      desk.ready = new Promise((resolve) => {
        start = resolve;
      });
      // Who waits hears of it; that nobody waits is no fault.
      desk.ready.catch(() => {});
    },
  };
  desk.end();

  const frontdesk: Frontdesk = async (verb, ...args) => {
    const begins = verb === 'init' && !desk.ending;
    if (begins) desk.begin(args[0] as object);
    const stop = verb === 'on' && desk.listen(...(args as [unknown, Listener]));
    // The tag's own beginning needs no check; a call from the page gets one.
    if (!begins || args.length)
      return (await createLoad(options.relay || (await desk.ready).options.relay)('api'))(
        desk,
        verb,
        args,
        begins || stop,
      );
  };
  return [frontdesk, desk];
}
