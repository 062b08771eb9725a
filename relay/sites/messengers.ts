import type { Messenger, MessengerKind } from '../protocol/index.ts';

/** Schemes a site's own link may have; `javascript:` and `data:` run or fake things. */
const SCHEMES = new Set([
  'https:',
  'http:',
  'mailto:',
  'tel:',
  'sms:',
  'viber:',
  'tg:',
  'whatsapp:',
  'skype:',
  'sgnl:',
  'line:',
  'xmpp:',
]);

const NAMES: Record<Exclude<MessengerKind, 'phone' | 'url'>, string> = {
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  viber: 'Viber',
  vk: 'VK',
  messenger: 'Messenger',
  instagram: 'Instagram',
  skype: 'Skype',
  ok: 'OK',
  signal: 'Signal',
  line: 'LINE',
  sms: 'SMS',
};

/** What a messenger link is called when the site gives it no label. */
export function messengerName({ kind, handle }: Messenger): string {
  if (kind === 'phone') return handle;
  if (kind !== 'url') return NAMES[kind];
  return URL.canParse(handle) ? new URL(handle).host || handle : handle;
}

/** The address that opens the chat in the messenger; null when the handle is not one of this messenger. */
export function messengerUrl({ kind, handle }: Messenger): string | null {
  const given = handle.trim();
  if (kind === 'url') return ownAddress(given);
  /* People paste the whole address as well. */
  if (/^https:\/\//i.test(given)) return URL.canParse(given) ? new URL(given).href : null;
  if (kind === 'phone') return numbered('tel:+', 'tel:', given);
  if (kind === 'sms') return numbered('sms:+', 'sms:', given);
  if (kind === 'whatsapp') return numbered('https://wa.me/', 'https://wa.me/', given);
  if (kind === 'viber') return viber(given);
  if (kind === 'signal') {
    const number = given.startsWith('+') ? digitsOf(given) : null;
    return number === null ? `https://signal.me/#eu/${encodeURIComponent(given)}` : `https://signal.me/#p/+${number}`;
  }
  const name = given.replace(/^@/, '');
  if (!/^[\p{L}\p{N}._:/-]+$/u.test(name)) return null;
  const path = name.split('/').map(encodeURIComponent).join('/');
  const addresses = {
    telegram: `https://t.me/${path}`,
    vk: `https://vk.me/${path}`,
    messenger: `https://m.me/${path}`,
    instagram: `https://ig.me/m/${path}`,
    skype: `skype:${path}?chat`,
    ok: `https://ok.ru/${path}`,
    line: `https://line.me/R/ti/p/${given.startsWith('@') ? '%40' : ''}${path}`,
  };
  return addresses[kind];
}

function ownAddress(given: string): string | null {
  if (!URL.canParse(given)) return null;
  const url = new URL(given);
  return SCHEMES.has(url.protocol) ? url.href : null;
}

/** The digits of a telephone number, or null when there is anything else in it than numbers are written with. */
function digitsOf(given: string): string | null {
  const digits = given.replace(/[\s().+-]/g, '');
  return /^\d{3,15}$/.test(digits) ? digits : null;
}

/** `local`: for numbers that do not say their country, such as short ones. */
function numbered(international: string, local: string, given: string): string | null {
  const digits = digitsOf(given);
  if (digits === null) return null;
  return `${given.startsWith('+') ? international : local}${digits}`;
}

function viber(given: string): string {
  const digits = digitsOf(given);
  if (digits !== null) return `viber://chat?number=%2B${digits}`;
  return `viber://pa?chatURI=${encodeURIComponent(given.replace(/^@/, ''))}`;
}
