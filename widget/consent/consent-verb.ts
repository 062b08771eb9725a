import type { Core } from '../core.ts';
import type { Desk } from '../desk.ts';
import { expected, type Options } from '../options.ts';
import { wipe } from '../storage.ts';
import { takeLeave } from './take-leave.ts';

type Consent = NonNullable<Options['consent']>;
const STATES: readonly Consent[] = ['granted', 'wait', 'denied'];

/**
 * What the page learned of the visitor's will. Granting goes on where they are; withdrawing takes leave of the relay, wipes
 * the device and begins anew without a trace, as open as it was.
 */
export async function changeConsent(
  core: Core,
  desk: Desk,
  state: string,
  restart: (core: Core, more: Partial<Options>) => Promise<void>,
): Promise<void> {
  const consent = STATES.find((one) => one === state);
  if (!consent) throw expected('bad-argument', `consent cannot be ${state}`, STATES);
  const { options, session } = core;
  const begun = !session.quiet;
  if (consent === 'granted') {
    const kept = !options.consent;
    options.consent = undefined;
    if (!kept) await (await core.live()).begin?.();
    return;
  }
  // In memory alone a session may go on; it is the device that must keep nothing.
  if (begun && !(consent === 'denied' && options.consent === 'denied')) {
    // First of all, so that no other tab begins anew as if nothing had been said.
    (await core.live()).session.leave(consent);
    await takeLeave(core);
    options.consent = consent;
    desk.running?.ending.abort();
    wipe(options);
    return restart(core, { consent });
  }
  options.consent = consent;
  wipe(options);
  core.dress();
}
