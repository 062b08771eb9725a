import { computed, effect, signal } from '@preact/signals';
import type { Preferences } from '../app/preferences.ts';
import { visitorName } from '../base/names.ts';
import type { Desk } from '../desk/desk.ts';
import { words } from '../locales/locale.ts';
import type { Router } from '../router.ts';
import { type NoticeKind, noticeOf } from './notice.ts';
import { createSound } from './sound.ts';

/** What the browser lets us do; asked for from a button only. */
export const permission = signal<NotificationPermission | 'missing'>(
  'Notification' in globalThis ? Notification.permission : 'missing',
);

/** Asks the browser for the right to notify. */
export async function askPermission(): Promise<void> {
  if ('Notification' in globalThis) permission.value = await Notification.requestPermission();
}

const ICON = { rest: '#0f766e', badge: '#b42318' };

function favicon(number: number): string {
  const badge =
    number === 0
      ? ''
      : `<circle cx="23" cy="9" r="9" fill="${ICON.badge}"/><text x="23" y="13.5" font-family="sans-serif" font-weight="700" font-size="13" text-anchor="middle" fill="#fff">${number > 9 ? '9+' : number}</text>`;
  const bell =
    '<path d="M7 21a9 9 0 0 1 18 0M5 24h22M16 12V9" stroke="#fff" stroke-width="2.6" fill="none" stroke-linecap="round"/>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="${ICON.rest}"/>${bell}${badge}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Calls the operator: sound, title, icon and, when allowed, a notification of the browser. Gives back its end. */
export function startNotices(options: { desk: Desk; router: Router; preferences: Preferences }): () => void {
  const { desk, router, preferences } = options;
  const sound = createSound();
  const waiting = computed(
    () => desk.counts.value.unassigned + desk.list('mine').rows.value.filter(({ unread }) => unread > 0).length,
  );
  const untitle = effect(() => {
    const number = waiting.value;
    document.title = number > 0 ? `(${number}) Frontdesk` : 'Frontdesk';
    document.getElementById('favicon')?.setAttribute('href', favicon(number));
  });

  const watched = (conversation: string) => {
    const route = router.route.peek();
    return document.hasFocus() && route.name === 'view' && route.conversation === conversation;
  };
  const open = (conversation: string, kind: NoticeKind) =>
    router.go({ name: 'view', site: desk.site, view: kind === 'queue' ? 'unassigned' : 'mine', conversation });

  const off = desk.on('change', ({ before, after }) => {
    const kind = noticeOf(before, after, desk.me.id, desk.touched(after.id));
    if (kind === null || watched(after.id)) return;
    if (preferences.sound.peek()) sound.play();
    if (permission.peek() !== 'granted' || document.hasFocus()) return;
    const name = visitorName(after.visitor, words.peek());
    const title = words.peek().notices[kind](name);
    const notice = new Notification(title, { body: after.lastLine?.text ?? '', tag: after.id });
    notice.onclick = () => {
      window.focus();
      open(after.id, kind);
      notice.close();
    };
  });

  return () => {
    untitle();
    off();
    sound.close();
    document.title = 'Frontdesk';
    document.getElementById('favicon')?.setAttribute('href', favicon(0));
  };
}
