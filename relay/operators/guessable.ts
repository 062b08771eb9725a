/** Words that say nothing about a password: letters of another case, and signs that stand for a letter. */
const STANDS_FOR: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[013457@$]/g, (sign) => STANDS_FOR[sign] ?? sign);

/** Words of a person or a site shorter than this stand in many a good password by chance. */
const LEAST_WORD = 4;
/** So many signs beside those words are worth something. */
const LEAST_REST = 6;

/** Whether a password is little more than words that anybody knows of whom it is for: name, address, site, product. */
export function isMadeOf(password: string, words: readonly string[]): boolean {
  const parts = words
    .flatMap((word) => word.split(/[^\p{L}\p{N}]+/u).map(plain))
    .filter((part) => part.length >= LEAST_WORD)
    .sort((a, b) => b.length - a.length);
  let rest = plain(password);
  const before = rest.length;
  for (const part of parts) rest = rest.replaceAll(part, '');
  return rest.length < before && rest.length < LEAST_REST;
}

/**
 * Whether it is one of the 49,233 commonest passwords of known leaks, in whatever case.
 * The list is `@zxcvbn-ts/language-common`'s; it is read when a password is set, and not kept.
 */
export async function isCommon(password: string): Promise<boolean> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const lower = password.normalize('NFKC').toLowerCase();
  return dictionary['passwords-common'].includes(lower);
}
