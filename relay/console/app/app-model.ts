import { effect, type ReadonlySignal, signal } from '@preact/signals';
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
  start(): Promise<void>;
  /** Signs in; with a second factor it gives the ticket that `giveCode` needs instead. */
  signIn(email: string, password: string): Promise<string | null>;
  /** The code of the second factor, or a recovery code. */
  giveCode(ticket: string, code: string): Promise<void>;
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
    phase.value = 'signed-out';
  };
  const api = createApi(relay, () => leave(true));

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
      if (state === 'refused' && code !== undefined && SIGNED_OUT.has(code)) leave(true);
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
    if (phase.value !== 'ready' || !who) return;
    const asked = who.sites.find(({ key }) => key === route.site);
    if (asked && route.name !== 'home') {
      openSite(asked.key);
      return;
    }
    const last = who.sites.find(({ key }) => key === storage.get(LAST_SITE)) ?? who.sites[0];
    const site = asked ?? last;
    if (site) router.go({ name: 'view', site: site.key, view: 'unassigned', conversation: null }, 'replace');
  });

  const enter = (who: Me) => {
    ended.value = false;
    me.value = who;
    phase.value = 'ready';
  };

  return {
    ...{ api, router, storage, preferences, toasts, clock, phase, ended, me, desk },
    async start() {
      phase.value = 'starting';
      try {
        enter(await api.get<Me>('/me'));
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'unauthorised')) phase.value = 'failed';
      }
    },
    async signIn(email, password) {
      const answer = await api.send<Me | { ticket: string }>('POST', '/sign-in', { email, password });
      if ('ticket' in answer) return answer.ticket;
      enter(answer);
      return null;
    },
    async giveCode(ticket, code) {
      enter(await api.send<Me>('POST', '/sign-in/second-factor', { ticket, code }));
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
