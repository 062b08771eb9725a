import type { Bus } from '../bus/bus.ts';
import type { Limits } from '../bus/limits.ts';
import type { LocaleCode, SiteSettings } from '../protocol/site-settings.ts';
import type { Clock, CommitQueue, Db, LazyWrites, Persistence } from '../store/index.ts';
import type { Announcer } from './announcer.ts';
import type { Heads } from './heads.ts';
import type { Inbox } from './inbox.ts';

/** What the room of conversations needs from outside; the composition root fills it in. */
export interface ConversationsDeps {
  store: Persistence;
  queue: CommitQueue;
  lazy: LazyWrites;
  bus: Bus;
  clock: Clock;
  limits: Limits;
  inbox: Inbox;
  announcer: Announcer;
  heads: Heads;
  /** What puzzles for suspicious forms are signed with, the newest first. */
  proofKeys: readonly Buffer[];
  settingsOf(siteId: string): Promise<SiteSettings>;
  /** A visitor's conversation came to be. */
  onFirstEvent(siteId: string, visitorId: string): void;
  /** A visitor told who they are. */
  onPerson(siteId: string, visitorId: string, person: { name: string | null; email: string | null }): void;
  /** The words of an invitation, asked when a visitor answers it; rooms further up know triggers. */
  invitationText(db: Db, siteId: string, triggerId: string, locale: LocaleCode): Promise<string | null>;
}
