import { playTone } from '../../client/tone.ts';

/** Two soft notes by Web Audio; browsers let it speak after the first touch or key on the page. */
export function createSound(): { play(): void; close(): void } {
  let context: AudioContext | undefined;
  const wake = () => {
    context ??= new AudioContext();
    if (context.state === 'suspended') context.resume().catch(() => {});
  };
  const over = new AbortController();
  for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, wake, { signal: over.signal });

  return {
    play() {
      if (context?.state !== 'running') return;
      const soft = { volume: 0.12, seconds: 0.45 };
      playTone(context, { ...soft, frequency: 659, at: context.currentTime });
      playTone(context, { ...soft, frequency: 880, at: context.currentTime + 0.13 });
    },
    close() {
      over.abort();
      context?.close().catch(() => {});
    },
  };
}
