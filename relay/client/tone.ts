/** Plays one soft note: `frequency` in hertz, from `at` on the context's clock for so many `seconds`, `volume` from 0 to 1. */
export function playTone(
  context: AudioContext,
  { frequency, at, volume, seconds }: { frequency: number; at: number; volume: number; seconds: number },
): void {
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.frequency.value = frequency;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(volume, at + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
  tone.connect(gain).connect(context.destination);
  tone.start(at);
  tone.stop(at + seconds + 0.05);
}
