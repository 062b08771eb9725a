import { createDesk } from './desk.ts';
import { createLoad } from './parts.ts';

/** The function a page calls: `Frontdesk(verb, …args)`. */
type Frontdesk = (...call: unknown[]) => Promise<unknown>;
/** Calls made before the script was there: the arguments, and the promise each was given. */
type Queued = [unknown[], (value: unknown) => void, (error: unknown) => void];

const page = globalThis as { Frontdesk?: Frontdesk & { q?: Queued[] } };
const script = document.currentScript as HTMLScriptElement;
const { init, ...options } = script.dataset;
const relay = script.src.replace(/\/[^/]*$/, '');
const queue = page.Frontdesk?.q ?? [];
const desk = createDesk({ relay, ...options });
// Nearly every page does without calls, so what carries them out is a part of its own.
const load = createLoad(relay);
const frontdesk: Frontdesk = async (...call) => (await load('api'))(desk, call);

page.Frontdesk = frontdesk;
const begin = () => {
  // A queued `init` is merged over the tag's attributes; without one the tag begins by itself.
  if (options.site && init !== 'manual' && !queue.some(([[verb]]) => verb === 'init')) desk.start(desk.tag);
  for (const [call, done, failed] of queue) frontdesk(...call).then(done, failed);
};
// Who listens for `ready` must be heard before it comes.
if (queue.length) load('api').then(begin);
else begin();
