import { UAParser } from 'my-ua-parser';

/** What the browser says of itself beside its user agent (`navigator.userAgentData`). */
export interface ClientHints {
  platform?: string | undefined;
  version?: string | undefined;
  model?: string | undefined;
  mobile?: boolean | undefined;
}

/** Names for people; null where nothing is known. */
export interface BrowserFacts {
  browser: string | null;
  os: string | null;
  device: string | null;
}

/** Longer user agents are not a browser's; parsing them is wasted time. */
const USER_AGENT_CHARS = 500;

const named = (name: string | undefined, version: string | undefined, parts: number) =>
  name ? [name, version?.split('.').slice(0, parts).join('.')].filter(Boolean).join(' ') : null;

/** Windows tells its version only by hint: platform version 13 and later is 11. */
function hintedOs(hints: ClientHints): string | null {
  if (!hints.platform) return null;
  const major = Number.parseInt(hints.version ?? '', 10);
  if (hints.platform === 'Windows') return major >= 13 ? 'Windows 11' : major > 0 ? 'Windows 10' : null;
  return named(hints.platform, hints.version, hints.platform === 'macOS' ? 2 : 1);
}

const deviceKinds: Record<string, string> = {
  mobile: 'Phone',
  tablet: 'Tablet',
  smarttv: 'TV',
  console: 'Console',
  wearable: 'Watch',
  embedded: 'Embedded',
  xr: 'Headset',
};

/** Browser, system and device from the user agent, the hints winning where they know more. */
export function readBrowser(userAgent: string, hints: ClientHints = {}): BrowserFacts {
  const result = new UAParser(userAgent.slice(0, USER_AGENT_CHARS)).getResult();
  const model = hints.model || [result.device.vendor, result.device.model].filter(Boolean).join(' ');
  const desktop = /Windows NT|Macintosh|X11|CrOS/.test(userAgent) ? 'Computer' : null;
  const kind = deviceKinds[result.device.type ?? ''] ?? (hints.mobile ? 'Phone' : desktop);
  return {
    browser: named(result.browser.name, result.browser.version, 1),
    os:
      hintedOs(hints) ?? named(result.os.name, /^\d/.test(result.os.version ?? '') ? result.os.version : undefined, 2),
    device: model && kind !== 'Computer' ? model : kind,
  };
}

const BOT =
  /(?<!cu)bot\b|crawl|spider|slurp|archiver|preview|facebookexternalhit|whatsapp\/|telegrambot|lighthouse|pingdom|uptime|monitor|validator|curl\/|wget\/|python-|java\/|go-http|okhttp|headlesschrome-renderer|^$/i;

/** Whether this is a program that visits by itself; such a one has no socket and is not listed. */
export const isBot = (userAgent: string): boolean => BOT.test(userAgent);
