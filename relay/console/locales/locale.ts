import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { DeviceStorage } from '../storage.ts';
import { en, type Words } from './en.ts';
import { ru } from './ru.ts';

export type Language = 'en' | 'ru';
const LANGUAGES: Record<Language, Words> = { en, ru };

const chosen = signal<Language>('en');
/** The words shown now; components read `words.value` and follow a switch by themselves. */
export const words: ReadonlySignal<Words> = computed(() => LANGUAGES[chosen.value]);
/** The language shown now, for `Intl`. */
export const language: ReadonlySignal<Language> = chosen;

const KEY = 'language';

/** Chooses the language kept on the device, else the browser's first one that there is. */
export function startLanguage(storage: DeviceStorage, preferred: readonly string[]): void {
  const known = [storage.get(KEY), ...preferred.map((tag) => tag.slice(0, 2).toLowerCase())];
  chosen.value = known.find((tag): tag is Language => tag === 'en' || tag === 'ru') ?? 'en';
}

/** Switches the language and remembers it. */
export function setLanguage(storage: DeviceStorage, to: Language): void {
  chosen.value = to;
  storage.set(KEY, to);
}
