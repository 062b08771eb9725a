import type { LocaleCode, MessengerKind, PublicSite } from '../protocol/index.ts';

const SAYS: Record<LocaleCode, string> = { en: 'Visit', ru: 'Визит' };

/** How a messenger takes something along: a parameter for a bot or page, or the first words of the message. */
const WAYS: Partial<Record<MessengerKind, (url: URL) => [name: string, as: 'code' | 'words'] | null>> = {
  // Bots have names that end so; a person's or a group's chat takes words.
  telegram: ({ hostname, pathname }) =>
    hostname === 't.me' && !pathname.startsWith('/+')
      ? /bot$/i.test(pathname)
        ? ['start', 'code']
        : ['text', 'words']
      : null,
  whatsapp: ({ hostname }) => (hostname === 'wa.me' ? ['text', 'words'] : null),
  viber: ({ host }) => (host === 'pa' ? ['context', 'code'] : host === 'chat' ? ['draft', 'words'] : null),
  vk: ({ hostname }) => (hostname === 'vk.me' ? ['ref', 'code'] : null),
  messenger: ({ hostname }) => (hostname === 'm.me' ? ['ref', 'code'] : null),
  instagram: ({ hostname }) => (hostname === 'ig.me' ? ['ref', 'code'] : null),
  sms: () => ['body', 'words'],
};

/** The link with the visit's number in it, where this messenger takes one along; what the site wrote there itself stays. */
export function visitUrl(kind: MessengerKind, url: string, visit: string, locale: LocaleCode): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  const [name, as] = WAYS[kind]?.(parsed) ?? [];
  if (name === undefined || parsed.searchParams.has(name)) return url;
  const value = as === 'code' ? visit : `${SAYS[locale]} ${visit}. `;
  // No «+» for spaces: messengers show it as it is.
  const joint = url.includes('?') ? '&' : '?';
  const [before = '', hash] = url.split('#');
  return `${before}${joint}${name}=${encodeURIComponent(value)}${hash === undefined ? '' : `#${hash}`}`;
}

/** A site as one visitor gets it: its messengers know the visit, as «Visitor 12, visit 3» is written: `12-3`. */
export const forVisit = (site: PublicSite, visitor: number, visit: number): PublicSite => ({
  ...site,
  messengers: site.messengers.map((one) => ({
    ...one,
    url: visitUrl(one.kind, one.url, `${visitor}-${visit}`, site.locale),
  })),
});
