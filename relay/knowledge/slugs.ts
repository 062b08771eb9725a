const LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};
const LONGEST = 80;

/** A text as part of an address: small Latin letters, digits and hyphens, Russian transliterated. May be empty. */
export function slugOf(text: string): string {
  const latin = [...text.normalize('NFC').toLowerCase()].map((letter) => LETTERS[letter] ?? letter).join('');
  return latin
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
}

/**
 * A slug for an article by its path (`guides/delivery` in folder and file name), else by its title. A file called
 * `index` or `readme` is named by its folder; the folders come in front when the name alone is taken.
 */
export function freeSlug(path: string, title: string, isTaken: (slug: string) => boolean): string {
  const parts = path
    .split('/')
    .map(slugOf)
    .filter((part) => part !== '');
  if (parts.length > 1 && /^(?:index|readme)$/.test(parts[parts.length - 1] ?? '')) parts.pop();
  for (let count = 1; count <= parts.length; count += 1) {
    const slug = slugOf(parts.slice(-count).join('-'));
    if (slug !== '' && !isTaken(slug)) return slug;
  }
  const base = slugOf(parts.join('-')) || slugOf(title) || 'article';
  for (let number = 2; ; number += 1) {
    const slug = `${base.slice(0, LONGEST - 8)}-${number}`;
    if (!isTaken(slug)) return slug;
  }
}
