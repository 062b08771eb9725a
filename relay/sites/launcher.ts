import type { LocaleCode, SiteSettings } from '../protocol/index.ts';

/** What a site can choose for its launcher: each one path on 24 × 24, after lucide's icons (ISC). */
const ICONS: Readonly<Record<string, string>> = {
  chat: 'M8 20a9 9 0 1 0-4-4l-1 5z',
  help: 'M8 8a4 4 0 1 1 4 5v2m0 5v.01',
  mail: 'M3 5h18v14H3zM3 7l9 6 9-6',
  wave: 'M8 13V5m4 7V3m4 9V5m4 4v5c0 9-11 9-14 5l-3-5 5 2',
};

/** The launcher's name for assistive technology where the site has given it no label. */
const NAMES: Readonly<Record<LocaleCode, string>> = { en: 'Help', ru: 'Помощь' };

/** Path patterns, in which `*` stands for anything, as the source of one regular expression; empty for none. */
export function pathPattern(patterns: readonly string[]): string {
  if (patterns.length === 0) return '';
  const sources = patterns.map((pattern) => pattern.replace(/[^\w*]/gu, '\\$&').replaceAll('*', '.*'));
  return `^(?:${sources.join('|')})$`;
}

/** The launcher as the widget gets it: drawn with what is here, without knowing any choice but this one. */
export function toPublicLauncher(
  settings: Pick<SiteSettings, 'launcher' | 'channels'>,
  locale: LocaleCode,
  asked: string,
) {
  const { label: labels, icon, hiddenOn, ...launcher } = settings.launcher;
  const label = labels[locale] ?? '';
  return {
    ...launcher,
    label,
    name: label || NAMES[locale],
    // The page may name one of ours too, or bring its own.
    icon: ICONS[asked || icon] ?? asked,
    // With no channel to open there is nothing to press.
    hiddenOn: settings.channels.length === 0 ? '^' : pathPattern(hiddenOn),
  };
}
