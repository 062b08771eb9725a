import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Owed } from '../../protocol/errors.ts';
import { type Api, ApiError, createApi, siteApi } from '../api.ts';
import { createTickingClock, type TickingClock } from '../desk/clock.ts';
import { createDesk, type Desk } from '../desk/desk.ts';
import { startNotices } from '../notices/notices.ts';
import type { Router } from '../router.ts';
import type { DeviceStorage } from '../storage.ts';
import { createPreferences, type Preferences } from './preferences.ts';
import { createToasts, type Toasts } from './toasts.ts';

/** Who is signed in, and where they work. */
export interface Me {
  operator: { id: string; name: string; email: string };
  sites: { key: string; name: string; role: 'owner' | 'operator' }[];
  /** What has to be done before anything else works. */
  owes: Owed | null;
}

/** The console as a whole: who is signed in and which site is open. */
export interface App {
  readonly api: Api;
  readonly router: Router;
  readonly storage: DeviceStorage;
  readonly preferences: Preferences;
  readonly toasts: Toasts;
  readonly clock: TickingClock;
  readonly phase: ReadonlySignal<'starting' | 'signed-out' | 'ready' | 'failed'>;
  /** The sign-in ended by itself. */
  readonly ended: ReadonlySignal<boolean>;
  readonly me: ReadonlySignal<Me | null>;
  readonly desk: ReadonlySignal<Desk | null>;
  /** The password that was just typed, as long as something is owed: nobody has to type it twice. */
  readonly typed: ReadonlySignal<string | null>;
  start(): Promise<void>;
  /** Signs in; with a second factor it gives the ticket that `giveCode` needs instead. */
  signIn(email: string, password: string): Promise<string | null>;
  /** The code of the second factor, or a recovery code. */
  giveCode(ticket: string, code: string): Promise<void>;
  /** A password of one's own instead of the present one. */
  choosePassword(current: string, next: string): Promise<void>;
  /** Asks anew who is signed in: what was owed may be done, or something may be owed. */
  lookAgain(): Promise<void>;
  signOut(): Promise<void>;
  setMe(me: Me): void;
}

const LAST_SITE = 'last-site';
/** Close codes after which one has to sign in again. */
const SIGNED_OUT = new Set([4001, 4012]);

export function createApp(options: { relay: string; router: Router; storage: DeviceStorage }): App {
  const { relay, router, storage } = options;
  const phase = signal<'starting' | 'signed-out' | 'ready' | 'failed'>('starting');
  const ended = signal(false);
  const me = signal<Me | null>(null);
  const desk = signal<Desk | null>(null);
  const typed = signal<string | null>(null);
  const preferences = createPreferences(storage);
  const toasts = createToasts();
  const clock = createTickingClock();
  let stopNotices = () => {};
  let opening = '';

  const closeDesk = () => {
    opening = '';
    stopNotices();
    stopNotices = () => {};
    desk.peek()?.destroy();
    desk.value = null;
  };
  const leave = (byItself: boolean) => {
    if (phase.peek() === 'signed-out') return;
    ended.value = byItself && phase.peek() === 'ready';
    closeDesk();
    me.value = null;
    typed.value = null;
    phase.value = 'signed-out';
  };
  const enter = (who: Me) => {
    if (who.owes === null) typed.value = null;
    else closeDesk();
    ended.value = false;
    me.value = who;
    phase.value = 'ready';
  };
  const api = createApi(relay, {
    onSignedOut: () => leave(true),
    onOwed(owes) {
      const who = me.peek();
      if (who && who.owes !== owes) enter({ ...who, owes });
    },
  });
  const lookAgain = async () => enter(await api.get<Me>('/me'));

  const openSite = async (key: string) => {
    const who = me.peek();
    if (!who || opening === key) return;
    closeDesk();
    opening = key;
    storage.set(LAST_SITE, key);
    const { id, name } = who.operator;
    const made = await createDesk({ relay, site: key, me: { id, name }, api: siteApi(api, key), clock, storage });
    // Another site was chosen, or the sign-in ended, while this one was opened.
    if (opening !== key) return made.destroy();
    made.session.on('state', ({ state, code }) => {
      if (state !== 'refused' || code === undefined || !SIGNED_OUT.has(code)) return;
      // The sign-in is over, or something has to be done first.
      closeDesk();
      lookAgain().catch(() => leave(true));
    });
    made.on('edited', (what) => {
      // The site's name stands in the shell too.
      if (what === 'site' || what === 'operators')
        api.get<Me>('/me').then(
          (fresh) => (me.value = fresh),
          () => {},
        );
    });
    desk.value = made;
    stopNotices = startNotices({ desk: made, router, preferences });
  };

  effect(() => {
    const route = router.route.value;
    const who = me.value;
    if (phase.value !== 'ready' || !who || who.owes !== null) return;
    const asked = who.sites.find(({ key }) => key === route.site);
    if (asked && route.name !== 'home') {
      openSite(asked.key);
      return;
    }
    const last = who.sites.find(({ key }) => key === storage.get(LAST_SITE)) ?? who.sites[0];
    const site = asked ?? last;
    if (site) router.go({ name: 'view', site: site.key, view: 'unassigned', conversation: null }, 'replace');
  });

  return {
    ...{ api, router, storage, preferences, toasts, clock, phase, ended, me, desk, typed, lookAgain },
    async start() {
      phase.value = 'starting';
      try {
        await lookAgain();
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'unauthorised')) phase.value = 'failed';
      }
    },
    async signIn(email, password) {
      const answer = await api.send<Me | { ticket: string }>('POST', '/sign-in', { email, password });
      typed.value = password;
      if ('ticket' in answer) return answer.ticket;
      enter(answer);
      return null;
    },
    async giveCode(ticket, code) {
      enter(await api.send<Me>('POST', '/sign-in/second-factor', { ticket, code }));
    },
    async choosePassword(current, next) {
      await api.send('POST', '/me/password', { current, next });
      typed.value = next;
      await lookAgain();
    },
    async signOut() {
      await api.send('POST', '/sign-out').catch(() => {});
      leave(false);
    },
    setMe(next) {
      me.value = next;
    },
  };
}
