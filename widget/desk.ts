import type { WireError } from '../relay/protocol/index.ts';
import { cell } from './base/cell.ts';
import type { Core } from './core.ts';
import { createWidget } from './create-widget.ts';
import { fail } from './errors.ts';
import type { Emit } from './events.ts';
import { watchLinks } from './links.ts';
import type { Options } from './options.ts';
import { requestSession } from './session.ts';
import { createStorage } from './storage.ts';

/** A widget from `init` to `destroy`. */
export interface Running {
  ending: AbortController;
  /** Rejects when there can be none. */
  ready: Promise<Core>;
  core?: Core;
}

/** Starts widgets and tells of them; it outlives each. */
export interface Desk {
  /** Options of the script tag. */
  readonly tag: Partial<Options>;
  running?: Running | undefined;
  readonly emit: Emit;
  start(options: Partial<Options>): void;
  /** Calls `fn` at each event. */
  listen(fn: (event: [name: unknown, data?: unknown]) => void): () => void;
}

const FIRST_WAIT_MS = 1_000;

/** Asks for the session until there is an answer, ever more seldom and never sooner than the relay likes, and builds the widget. */
async function build(options: Options & { relay: string }, desk: Desk, over: AbortSignal): Promise<Core> {
  const kept = createStorage(options);
  for (let wait = FIRST_WAIT_MS; ; wait *= 2) {
    try {
      if (!isSecureContext) throw fail('insecure', 'needs HTTPS or localhost');
      const session = await requestSession(options, kept);
      over.throwIfAborted();
      return createWidget(options, session, kept, desk, over);
    } catch (error) {
      over.throwIfAborted();
      if ((error as { code?: unknown }).code) throw error;
      await new Promise((resolve) => setTimeout(resolve, (error as { error?: WireError }).error?.retryAfterMs ?? wait));
    }
  }
}

export function createDesk(tag: Partial<Options>): Desk {
  const events = cell<[name: unknown, data?: unknown]>(['']);
  const emit = ((...event: [unknown, unknown?]) => {
    events.value = event;
  }) as Emit;
  const desk: Desk = {
    tag,
    emit,
    listen: events.on,
    start(options) {
      const ending = new AbortController();
      const running: Running = { ending, ready: build(options as Options & { relay: string }, desk, ending.signal) };
      desk.running = running;
      watchLinks(running);
      running.ready.then(
        (core) => {
          running.core = core;
          emit('ready');
        },
        (error) => {
          if (ending.signal.aborted) return;
          console.warn(error.message);
          emit('error', error);
        },
      );
    },
  };
  return desk;
}
