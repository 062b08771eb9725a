/** The round constants of SHA-256: the first bits of the cube roots of the first primes, and of square roots to begin with. */
const PRIMES: number[] = [];
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
const bits = (root: number) => ((root % 1) * 2 ** 32) | 0;
const ROUNDS = PRIMES.map((prime) => bits(Math.cbrt(prime)));
const START = PRIMES.slice(0, 8).map((prime) => bits(Math.sqrt(prime)));
const SLICE_MS = 12;

const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by));
const at = (words: Int32Array | number[], i: number) => words[i] as number;

/** The first word of the SHA-256 of a text of at most 55 signs of ASCII, without a sign. */
export function firstWord(text: string): number {
  const w = new Int32Array(64);
  for (let i = 0; i <= text.length; i++)
    w[i >> 2] = at(w, i >> 2) | ((i < text.length ? text.charCodeAt(i) : 0x80) << (24 - (i % 4) * 8));
  w[15] = text.length * 8;
  for (let i = 16; i < 64; i++) {
    const [a, b] = [at(w, i - 15), at(w, i - 2)];
    w[i] =
      at(w, i - 16) +
      (turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)) +
      at(w, i - 7) +
      (turned(b, 17) ^ turned(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = START as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const one =
      (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + at(ROUNDS, i) + at(w, i)) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return (a + at(START, 0)) >>> 0;
}

/** Finds the number that gives a hash with as many zeros as the challenge asks for, in slices that leave the page its turn. */
export async function solve(challenge: string, over: AbortSignal): Promise<string> {
  const [, , zeros = '', signature = ''] = challenge.split('.');
  const below = 2 ** (32 - Number(zeros));
  for (let nonce = 0, until = 0; ; nonce++) {
    if (nonce % 64 === 0 && performance.now() > until) {
      await new Promise((turn) => setTimeout(turn));
      over.throwIfAborted();
      until = performance.now() + SLICE_MS;
    }
    if (firstWord(`${signature}:${nonce}`) < below) return `${nonce}`;
  }
}
