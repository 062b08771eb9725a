import { createFrontdesk, type Frontdesk } from './frontdesk.ts';

/** Calls made before the script was there: the arguments, and the promise each was given. */
type Queued = [[unknown, ...unknown[]], (value: unknown) => void, (error: unknown) => void];

const page = globalThis as { Frontdesk?: Frontdesk & { q?: Queued[] } };
const script = document.currentScript as HTMLScriptElement;
const { init, ...options } = script.dataset;
const queue = page.Frontdesk?.q ?? [];
const [frontdesk] = createFrontdesk({ relay: script.src.replace(/\/[^/]*$/, ''), ...options });

page.Frontdesk = frontdesk;
// A queued `init` is merged over the tag's attributes; without one the tag begins by itself.
if (options.site && init !== 'manual' && !queue.some(([[verb]]) => verb === 'init')) frontdesk('init');
for (const [call, done, failed] of queue) frontdesk(...call).then(done, failed);
