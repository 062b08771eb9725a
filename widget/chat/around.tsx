import type { VNode } from 'preact';
import type { AppContext } from '../app.tsx';
import { Icon } from '../base/icons.tsx';
import type { ChatModel } from './model.ts';

/** What stands in a chat for a while: drawn by a part of its own, which most visits never load. */
type Below = () => VNode | undefined | null;
export type MakeBelow = (app: AppContext, model: ChatModel) => Below;

const DOTS = 'M12 5v.01M12 12v.01M12 19v.01';
const SMILE = 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M8 14s1.5 2 4 2 4-2 4-2M9 9v.01M15 9v.01';

const PARTS = {
  history: () => import('../history/history.tsx'),
  first: () => import('../pre-chat/pre-chat.tsx'),
  queue: () => import('../queue/queue.tsx'),
  away: () => import('../life/away.tsx'),
  after: () => import('../life/after.tsx'),
  menu: () => import('../life/menu.tsx'),
  emoji: () => import('../emoji/emoji.tsx'),
};

/** The parts around a chat, loaded when the chat first needs them. */
export interface Around {
  /** One of them; nothing until it is here. */
  draw(part: keyof typeof PARTS): ReturnType<Below>;
  below(): (ReturnType<Below> | false)[];
  /** The button of what can be done with the chat as a whole, and its menu while that is open. */
  menu(): VNode;
  /** The button that puts an emoji into the composer, and those to choose from while they are open. */
  emoji(): VNode;
  /** Whether nothing can be written to the chat now. */
  readonly closed: boolean | undefined;
}

export function createAround(app: AppContext, model: ChatModel): Around {
  const made: Record<string, Below> = {};
  const nothing: Below = () => undefined;
  const draw = (name: keyof typeof PARTS, close?: () => void) => {
    if (!made[name]) {
      made[name] = nothing;
      PARTS[name]().then((part) => {
        made[name] = part.default(app, model, close as () => void);
        app.update();
      });
    }
    return made[name]();
  };
  /** A button, and what it opens and closes. */
  const popup = (part: 'menu' | 'emoji', name: string, label: string, d: string) => {
    let isOpen = false;
    const toggle = () => {
      isOpen = !isOpen;
      app.update();
    };
    return () => (
      <>
        <button type="button" class={`fd-tool fd-${name}`} aria-label={label} aria-expanded={isOpen} onClick={toggle}>
          <Icon d={d} />
        </button>
        {isOpen && draw(part, toggle)}
      </>
    );
  };
  const { core } = app;
  const { site } = core.session;
  const headOf = () => app.live?.session.conversations.get(model.shown());
  const away = () => !core.availability.value.online && headOf()?.channel !== 'email';
  const begins = () => !headOf()?.seq || headOf()?.status === 'closed';
  /** A chat that goes on may be written in whoever is there: what is written waits. Without e-mail there is nothing else to write to. */
  const letter = () => away() && begins() && site.channels.includes('email');
  /** What is asked before the chat; null once nothing is, and nothing else while that is not known yet. */
  let asked: ReturnType<Below> = site.preChat && undefined;
  return {
    draw,
    below() {
      const head = headOf();
      asked = site.preChat && begins() && !letter() ? draw('first') : null;
      return [
        head?.asks && draw('after'),
        away() && draw('away'),
        site.queue && !begins() && !head?.operator && draw('queue'),
        asked,
      ];
    },
    menu: popup('menu', 'more', app.words.menu, DOTS),
    emoji: popup('emoji', 'emoji', site.locale === 'ru' ? 'Эмодзи' : 'Emoji', SMILE),
    get closed() {
      return headOf()?.ended || letter() || asked !== null;
    },
  };
}
