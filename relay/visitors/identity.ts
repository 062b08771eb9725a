import type { LocaleCode } from '../protocol/site-settings.ts';

/** Who a visitor's socket belongs to, as its hello proved. */
export interface VisitorIdentity {
  siteId: string;
  visitorId: string;
  /** The device as a sender: it outlives a change of tokens and a sign-in. */
  deviceId: string;
  locale: LocaleCode;
  /** The page they are on now. */
  page: { url: string; title: string };
  outbox: { id: string; next: number };
  /** Conversations that are theirs, for typing and marks. */
  conversations: Set<string>;
  now(): number;
}
