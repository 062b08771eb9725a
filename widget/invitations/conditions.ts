import type { TriggerCondition } from '../../relay/protocol/index.ts';

/** What conditions are judged by; times in milliseconds. */
export interface Moment {
  url: string;
  onPageMs: number;
  onSiteMs: number;
}

/** Whether one condition holds. */
export function holds(condition: TriggerCondition, { url, onPageMs, onSiteMs }: Moment): boolean {
  switch (condition.type) {
    case 'time-on-page':
      return onPageMs >= condition.seconds * 1_000;
    case 'time-on-site':
      return onSiteMs >= condition.seconds * 1_000;
    case 'page': {
      // Addresses may be written whole, or as the path alone.
      const { value, match } = condition;
      const { pathname, search, hash, href } = new URL(url);
      const seen = value.startsWith('/') ? pathname + search + hash : href;
      if (match === 'is') return [seen, pathname, pathname + search, href.replace(/[?#].*/, '')].includes(value);
      if (match === 'starts') return seen.startsWith(value);
      return href.includes(value) === (match === 'contains');
    }
  }
}
