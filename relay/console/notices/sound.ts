/** Two soft notes by Web Audio; browsers let it speak after the first touch or key on the page. */
export function createSound(): { play(): void; close(): void } {
  let context: AudioContext | undefined;
  const wake = () => {
    context ??= new AudioContext();
    if (context.state === 'suspended') context.resume().catch(() => {});
  };
  const over = new AbortController();
  for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, wake, { signal: over.signal });

  const note = (audio: AudioContext, frequency: number, at: number) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.12, at + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.45);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.5);
  };
  return {
    play() {
      if (context?.state !== 'running') return;
      note(context, 659, context.currentTime);
      note(context, 880, context.currentTime + 0.13);
    },
    close() {
      over.abort();
      context?.close().catch(() => {});
    },
  };
}
