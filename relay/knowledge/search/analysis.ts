import { stemmer as russianStem } from '@orama/stemmers/russian';
import snowball from 'snowball-stemmers';

/** A word of a text as search sees it, and where it stands. */
export interface Token {
  /** Lower case, NFKC, «ё» as «е». */
  word: string;
  /** What is compared: the stem by the word's own script, so that `подключение Kubernetes` gets both languages' rules. */
  stem: string;
  start: number;
  end: number;
}

const english = snowball.newStemmer('english');
/** Letters, digits and the underscores inside of them: `mcs_owner` and `k8s` are words. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:_+[\p{L}\p{M}\p{N}]+)*/gu;
const STEM_CACHE = 50_000;
const LONGEST_WORD = 64;
const stems = new Map<string, string>();

/** Brings a text to the form in which words are compared; changes lengths, so places are taken before it. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');

/** The stem of a folded word. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= STEM_CACHE) stems.clear();
  const stem = freshStem(word);
  stems.set(word, stem);
  return stem;
}

function freshStem(word: string): string {
  if (/^[а-я]+$/.test(word)) return russianStem(word);
  if (/^[a-z]+$/.test(word)) return english.stem(word);
  return word;
}

/** The words of a text. A word with underscores gives itself and then its parts, at the same place. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    const start = match.index;
    const end = start + match[0].length;
    const word = fold(match[0]).slice(0, LONGEST_WORD);
    tokens.push({ word, stem: stemOf(word), start, end });
    if (!word.includes('_')) continue;
    for (const part of word.split(/_+/)) tokens.push({ word: part, stem: stemOf(part), start, end });
  }
  return tokens;
}

const RU = `а без бы был была были было быть в вам вас ведь весь во вот все всего всех вы где да для до его ее если есть еще
же за зачем и из или им их к как какая какие какой ко когда кто куда ли либо мне мной может можно мы на над надо нам нас наш не него
нее нет ни них но ну о об обо он она они оно от откуда очень по под почему при про с сам свой себя со так также такой там то тогда
того тоже той только том тот ты у уже хотя чего чей чем что чтобы чье чья эта эти это этого этой этот я`;
const EN = `a about all am an and any are as at be been being but by can could did do does doing for from had has have
having he her here him his how i if in into is it its just me my no not of on once only or other our ours out own please
she should so some such than that the their them then there these they this those through to too us very was we were what
when where which while who whom why will with would you your`;
const STOP_WORDS = new Set(`${RU} ${EN}`.split(/\s+/));

/** Whether a folded word says nothing about what a text is about. */
export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);
