const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC = 'ёйцукенгшщзхъфывапролджэячсмитьбю';

const toCyrillic = new Map<string, string>();
const toLatin = new Map<string, string>();
[...LATIN].forEach((letter, at) => {
  const other = CYRILLIC[at] ?? letter;
  toCyrillic.set(letter, other);
  toLatin.set(other, letter);
});

/** What was meant when the keyboard was switched to the other language: `ghbdtn` is «привет». `null`: nothing to switch. */
export function otherLayout(text: string): string | null {
  const lower = text.toLowerCase();
  const map = /[а-яё]/.test(lower) ? toLatin : toCyrillic;
  const other = [...lower].map((letter) => map.get(letter) ?? letter).join('');
  return other === lower ? null : other;
}
