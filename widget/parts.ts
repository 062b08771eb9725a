import type { Api } from './api.ts';
import type { App } from './app.tsx';
import type { Core } from './core.ts';
import type { Talk } from './invitations/bubble.ts';
import type { Live } from './live.ts';
import type { Words } from './locales/en.ts';
import type { MoreWords } from './locales/more-en.ts';

/** The hash in the names of all parts of this build. */
declare const __BUILD__: string;

/** What is downloaded only when it is needed, with what each part's `default` is. */
export interface Parts {
  api: Api;
  app: (core: Core, words: Words) => App;
  live: (core: Core) => Promise<Live>;
  /** In the place of `live` while nothing may be kept. */
  quiet: (core: Core) => Promise<Live>;
  rules: (core: Core) => (id: string) => void;
  bubble: (core: Core, talk: Talk) => Promise<void>;
  [words: `words-${string}`]: Words;
  [more: `more-${string}`]: MoreWords;
}

/** Fetches a part; the browser itself keeps what was fetched. */
export type Load = <K extends keyof Parts>(name: K) => Promise<Parts[K]>;

/** Loads parts from a relay. */
export const createLoad =
  (relay: string): Load =>
  async (name) =>
    (await import(/* @vite-ignore */ `${relay}/widget/${name}-${__BUILD__}.js`)).default;

/** Remembers what `make` gave, unless it failed. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
