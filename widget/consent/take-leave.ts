import type { Core } from '../core.ts';
import { fail } from '../errors.ts';

/** So long the relay has to take what is still in the outbox. */
const PATIENCE_MS = 5_000;

/**
 * Ends what a device has with the relay: what waits in the outbox goes first, then the token is made void. What could not go
 * within a few seconds is told as an error of its own and given up.
 */
export async function takeLeave(core: Core): Promise<void> {
  const { session, options, emit } = core;
  const { session: client } = await core.live();
  const { outbox } = client;
  if (outbox.pending.length)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, PATIENCE_MS);
      const off = client.on('pending', (commands) => commands.length || done());
      function done() {
        clearTimeout(timer);
        off();
        resolve();
      }
    });
  const left = outbox.pending.length;
  if (left) emit('error', fail('not-sent', `${left} of what was written could not be sent and was given up.`));
  const token = core.kept.get<string>('token') ?? session.token;
  if (!token) return;
  await fetch(`${options.relay}/api/visitor/sign-out`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ site: options.site }),
    keepalive: true,
  }).catch(() => {
    // Without a network the relay forgets it later; the device does so now.
  });
}
