declare module 'snowball-stemmers' {
  /** A stemmer of one language; `stem` wants lower case. */
  export function newStemmer(language: 'english' | 'russian'): { stem(word: string): string };
}
