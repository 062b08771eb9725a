import type { VNode } from 'preact';
import css from './app.css?inline';
import { keepFocus } from './base/focus.ts';
import { render } from './base/view.ts';
import type { ChatPart } from './chat/chat.tsx';
import type { Core } from './core.ts';
import { formScreen } from './form/form.tsx';
import { createForm, type FormModel } from './form/model.ts';
import { prefillFrom } from './form/prefill.ts';
import { holdPlace, type Listen } from './held-place.ts';
import { homeScreen } from './home/home.tsx';
import { createKnowledge, type Knowledge } from './knowledge/model.ts';
import { articleScreen, searchScreen } from './knowledge/views.tsx';
import type { Suggested } from './knowledge-more/knowledge-more.tsx';
import type { Live } from './live.ts';
import type { Words } from './locales/en.ts';
import type { MoreWords } from './locales/more-en.ts';
import { messengersScreen } from './messengers/messengers.tsx';
import type { Code } from './messengers/qr.ts';
import { createNavigation } from './navigation.ts';
import { panel } from './panel.tsx';

/** How a screen is opened: with words for the composer, a search, or without taking the focus. */
export interface Opening {
  draft?: string;
  query?: string;
  still?: boolean | undefined;
  /** Data attributes of the element that was pressed: what a form is filled with. */
  data?: DOMStringMap | undefined;
}

/** What the loader knows of the window. */
export interface App {
  go(screen: string, opening?: Opening): void;
  suggest(given?: Suggested): void;
}

/** What the screens share. */
export interface AppContext extends App {
  readonly core: Core;
  readonly phone: MediaQueryList;
  readonly words: Words;
  readonly knowledge: Knowledge;
  readonly form: FormModel;
  /** The path of the present screen. */
  readonly screen: string;
  readonly canGoBack: boolean;
  back(): void;
  /** The window's element. */
  readonly box: HTMLElement;
  readonly live: Live | undefined;
  readonly chat: ChatPart | undefined;
  /** Draws again, once for all changes of this turn. */
  update(): void;
  /** Until when the relay wants to be left alone, in ms of the device's clock. */
  readonly busyUntil: number;
  /** It wants to be for so many ms. */
  rest(ms: number): void;
  /** Calls `fn` when the next drawing stands. */
  afterwards(fn: () => void): void;
  /** Calls `fn` after the drawing that goes on now; for use while drawing. */
  settled(fn: () => void): void;
  hasHistory(): boolean;
  /** Words that only some visits need; nothing until they are here. */
  readonly more: MoreWords | null;
  /** What is said while nobody can answer. */
  readonly offline: string;
  /** Whether what is sent now has to wait. */
  lineDown(): boolean;
  /** QR codes that are shown, by address. */
  readonly codes: Map<string, Code>;
  toggleCode(url: string): void;
}

/** Where the window is a sheet over the whole screen; app.css says the same. */
export const PHONE = '(max-width:479px)';

/** Builds the window into the widget's frame; it is shown and hidden by `core.open`. */
export default function app(core: Core, words: Words): App {
  const { host, open, over, kept, emit } = core;
  const phone = matchMedia(PHONE);
  const mount = document.createElement('div');
  mount.className = 'fd-mount';
  host.sheet(css);
  host.frame.append(mount);
  // What the page says of our classes in a sheet that may not be read stays outside; who wonders why is told once.
  let closed = '';
  for (const sheet of document.styleSheets)
    try {
      void sheet.cssRules;
    } catch {
      closed += ` ${sheet.href}`;
    }
  if (closed) console.warn(`Frontdesk: add crossorigin to${closed}`);

  const navigation = createNavigation(core, () => {
    const one = [...(live?.session.conversations.values() ?? [])].find(({ unread }) => unread);
    return (one && live?.pathOf(one.id)) ?? '';
  });
  let busyUntil = 0;
  let due = false;
  const after: (() => void)[] = [];
  let live: Live | undefined;
  let chat: ChatPart | undefined;
  let more: MoreWords | null | undefined;
  const update = () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      paint();
    });
  };
  const knowledge = createKnowledge(core, update, () => context);
  const context: AppContext = {
    core,
    words,
    phone,
    knowledge,
    form: createForm(core, words, knowledge.find, update, () => context),
    get screen() {
      return navigation.path.value;
    },
    get canGoBack() {
      return navigation.canGoBack;
    },
    get box() {
      return mount.firstElementChild as HTMLElement;
    },
    get live() {
      return live;
    },
    get chat() {
      return chat;
    },
    update,
    get busyUntil() {
      return busyUntil;
    },
    rest(ms) {
      busyUntil = Date.now() + ms;
      update();
      setTimeout(update, ms);
    },
    afterwards: (fn) => {
      after.push(fn);
      update();
    },
    settled: (fn) => {
      after.push(fn);
    },
    hasHistory: () => core.session.conversation.exists || !!live?.session.conversations.size,
    get more() {
      if (more === undefined) {
        more = null;
        core.load(`more-${core.session.site.locale}`).then((words) => {
          more = words;
          update();
        });
      }
      return more;
    },
    get offline() {
      const { offline } = core.session.site.texts;
      const { backAt } = core.availability.value;
      return (backAt && context.more?.away(offline, backAt)) || offline || words.chatOffline;
    },
    lineDown: () => live?.session.state !== 'online',
    codes: new Map(),
    async toggleCode(url) {
      const { codes } = context;
      if (!codes.delete(url)) codes.set(url, (await import('./messengers/qr.ts')).default(url));
      update();
    },
    suggest: (given) => knowledge.suggest(given),
    back: () => navigation.back(),
    go(to, { draft, data, query = data?.frontdeskQuery, still } = {}) {
      prefillFrom(core, data);
      navigation.go(to, body()?.scrollTop ?? 0);
      if (query) {
        knowledge.query = query;
        knowledge.retry();
      }
      const { screen } = context;
      // They may have gone on by then, and be writing somewhere else.
      if (/^(chat|history|conversation)/.test(screen))
        withChat(draft).then(() => still || screen !== context.screen || focus());
      if (!still) focus();
    },
  };
  const body = () => context.box?.querySelector('.fd-body');
  const focus = () =>
    context.afterwards(() => {
      if (!open.value) return;
      // On a touch screen a focused field would bring up the keyboard unasked.
      const field = matchMedia('(pointer:coarse)').matches ? null : context.box.querySelector('[data-focus=true]');
      ((field ?? context.box) as HTMLElement).focus({ preventScroll: true });
    });
  const withChat = async (draft?: string) => {
    const part = await import('./chat/chat.tsx');
    chat ??= part.default(context);
    if (draft) chat.draft = draft;
    update();
  };

  const screens: Record<string, (rest: string) => VNode | undefined> = {
    home: () => homeScreen(context),
    search: () => searchScreen(context),
    article: (slug) => articleScreen(context, slug),
    email: () => formScreen(context),
    messengers: () => messengersScreen(context),
    history: () => chat?.history(),
    chat: () => chat?.screen(),
    conversation: (id) => chat?.screen(id),
  };
  const paint = () => {
    if (over.aborted) return;
    const [, name = '', rest = ''] = /^(\w+)\/?(.*)/.exec(context.screen) ?? [];
    render(panel(context, screens[name]?.(rest)), mount);
    for (const fn of after.splice(0)) fn();
  };

  navigation.path.on(() => {
    context.afterwards(() => {
      const node = body();
      if (node) node.scrollTop = navigation.top;
    });
  });
  let before: Element | null = null;
  open.on((now) => {
    const root = mount.getRootNode() as ShadowRoot;
    if (now) before = root.activeElement ?? document.activeElement;
    else if (root.activeElement) {
      const launcher = host.frame.querySelector<HTMLElement>('.fd-launcher');
      ((before?.isConnected && before !== document.body ? before : launcher) as HTMLElement | null)?.focus();
    }
  });
  // What scrolls tells only those who capture.
  const listen: Listen = (type, fn) =>
    host.frame.addEventListener(type, fn, { signal: over, capture: type === 'scroll' });
  holdPlace(host, listen, body);
  const remember = () => kept.set('window', open.value ? [core.screen.value, Date.now()] : null);
  open.on(remember);
  core.screen.on((name) => {
    remember();
    emit('screen', name);
  });
  for (const watched of [core.availability, core.unread, core.invitation]) watched.on(update);
  for (const type of ['online', 'offline']) addEventListener(type, update, { signal: over });
  listen('keydown', (event) => {
    if (event.key === 'Escape' && open.value && !event.isComposing) open.value = false;
    if (event.key === 'Tab' && phone.matches && open.value) keepFocus(context.box, event);
  });
  // What is typed here is none of the page's shortcuts.
  for (const type of ['keydown', 'keypress', 'keyup'] as const) listen(type, (event) => event.stopPropagation());
  const onPhone = () => {
    update();
    if (open.value && phone.matches) import('./phone/sheet.ts').then((part) => part.default(context));
  };
  open.on(onPhone);
  phone.addEventListener('change', onPhone, { signal: over });
  core.live().then(
    (made) => {
      live = made;
      live.changed.on(update);
      live.session.on('frame', (frame) => {
        if (frame.type === 'retry' && frame.code === 'slow-down') context.rest(frame.retryAfterMs ?? 0);
      });
      context.form.attach(made);
      update();
    },
    () => {},
  );
  paint();
  return context;
}
