import { playTone } from '../../relay/client/tone.ts';
import type { Core } from '../core.ts';

/** How long other tabs may take to hear of a message and find it claimed. */
const CLAIM_MS = 3_000;
/** A hidden page waits so long for word that the visitor reads along in another tab. */
const READ_MS = 500;

let audio: AudioContext | undefined;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Two soft notes for a message, once in all tabs; none on a page that nobody has touched yet, which browsers would mute. */
export async function ring({ kept, unread, over }: Core, id: string): Promise<void> {
  if (!navigator.userActivation?.hasBeenActive) return;
  if (document.hidden) await pause(READ_MS);
  if (!unread.value || over.aborted) return;
  // Where a page has no locks (it is not served securely), what is kept has to do.
  const claim = (play: () => Promise<unknown>) =>
    navigator.locks
      ? navigator.locks.request(`frontdesk:ring:${id}`, { ifAvailable: true }, async (lock) => lock && play())
      : play();
  await claim(async () => {
    if (kept.get('rung') === id) return;
    kept.set('rung', id);
    if (!audio) {
      audio = new AudioContext();
      over.addEventListener('abort', () => {
        audio?.close().catch(() => {});
        audio = undefined;
      });
    }
    await audio.resume();
    const soft = { volume: 0.1, seconds: 0.35 };
    playTone(audio, { ...soft, frequency: 740, at: audio.currentTime });
    playTone(audio, { ...soft, frequency: 988, at: audio.currentTime + 0.12 });
    await pause(CLAIM_MS);
  }).catch(() => {});
}
