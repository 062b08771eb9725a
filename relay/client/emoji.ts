import { EMOJI_LINES } from './emoji-list.ts';

/** An emoji as a picker shows it. */
export interface Emoji {
  sign: string;
  name: { en: string; ru: string };
  /** What it is found by, in both languages: whoever writes Russian may search in English. */
  words: string[];
}

export type EmojiGroup = keyof typeof EMOJI_LINES;

/** How many stand in a row, and how many of those used last are kept: two rows. */
export const EMOJI_COLUMNS = 8;
const RECENT = 2 * EMOJI_COLUMNS;

const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е');
const read = (line: string): Emoji => {
  const [, sign = '', en = '', ru = ''] = /^(\S+) (.*)\|(.*)/.exec(line) ?? [];
  const nameOf = (words: string) => words.split(',')[0] ?? '';
  return { sign, name: { en: nameOf(en), ru: nameOf(ru) }, words: plain(`${en} ${ru}`).split(/[\s,-]+/) };
};

/** All of them in their groups, in the order in which they are shown. */
export const EMOJI: readonly (readonly [EmojiGroup, readonly Emoji[]])[] = Object.entries(EMOJI_LINES).map(
  ([group, lines]) => [group as EmojiGroup, lines.split('\n').map(read)],
);

const ALL = EMOJI.flatMap(([, list]) => list);

/** Those for which every word of the query begins one of their words; those that have them whole come first. */
export function findEmoji(query: string): Emoji[] {
  const asked = plain(query)
    .split(/[\s-]+/)
    .filter(Boolean);
  const fits = ({ words }: Emoji) => asked.every((one) => words.some((word) => word.startsWith(one)));
  const exact = ({ words }: Emoji) => asked.every((one) => words.includes(one));
  const found = ALL.filter(fits);
  return [...found.filter(exact), ...found.filter((one) => !exact(one))];
}

/** The emoji of these signs; what is not offered any more is left out. */
export const emojiOf = (signs: readonly string[]): Emoji[] =>
  signs.flatMap((sign) => ALL.find((one) => one.sign === sign) ?? []);

/** The signs used last, with one more: the latest first, each once. */
export const remembered = (signs: readonly string[], sign: string): string[] =>
  [sign, ...signs.filter((one) => one !== sign)].slice(0, RECENT);

/** What pickers say, in both languages, as it is wanted in a lazy part of the widget. */
export const emojiWords = {
  en: {
    title: 'Emoji',
    search: 'Find an emoji',
    none: 'Nothing found. Try another word.',
    found: 'Found',
    recent: 'Used last',
    groups: {
      faces: 'Faces',
      people: 'Gestures and people',
      feelings: 'Hearts and celebrations',
      nature: 'Nature and food',
      things: 'Things and travel',
      signs: 'Signs',
    },
  },
  ru: {
    title: 'Эмодзи',
    search: 'Найти эмодзи',
    none: 'Ничего не нашлось. Попробуйте другое слово.',
    found: 'Найдено',
    recent: 'Недавние',
    groups: {
      faces: 'Лица',
      people: 'Жесты и люди',
      feelings: 'Сердца и праздники',
      nature: 'Природа и еда',
      things: 'Вещи и дорога',
      signs: 'Знаки',
    },
  },
};

/** What a picker shows: those that fit the query; without one those used last and then all. Titles are in `locale`. */
export function emojiSections(
  query: string,
  recent: readonly string[],
  locale: 'en' | 'ru',
): [string, readonly Emoji[]][] {
  const { found, recent: last, groups } = emojiWords[locale];
  const sections: [string, readonly Emoji[]][] = query.trim()
    ? [[found, findEmoji(query)]]
    : [[last, emojiOf(recent)], ...EMOJI.map(([group, list]): [string, readonly Emoji[]] => [groups[group], list])];
  return sections.filter(([, list]) => list.length > 0);
}

/** The same in rows. */
export const inRows = (list: readonly Emoji[]): Emoji[][] =>
  Array.from({ length: Math.ceil(list.length / EMOJI_COLUMNS) }, (_, row) =>
    list.slice(row * EMOJI_COLUMNS, (row + 1) * EMOJI_COLUMNS),
  );
