import type { VNode } from 'preact';
import type { AppContext } from '../app.tsx';
import { Icon } from '../base/icons.tsx';
import type { ChatModel } from './model.ts';

/** What stands below a chat's messages for a while: drawn by a part of its own, which most visits never load. */
type Below = () => VNode | undefined | null;
export type MakeBelow = (app: AppContext, model: ChatModel) => Below;

const DOTS = 'M12 5v.01M12 12v.01M12 19v.01';

const PARTS = {
  history: () => import('../history/history.tsx'),
  first: () => import('../pre-chat/pre-chat.tsx'),
  queue: () => import('../queue/queue.tsx'),
  away: () => import('../life/away.tsx'),
  after: () => import('../life/after.tsx'),
};

/** The parts around a chat, loaded when the chat first needs them. */
export interface Around {
  /** One of them; nothing until it is here. */
  draw(part: keyof typeof PARTS): ReturnType<Below>;
  below(): (ReturnType<Below> | false)[];
  /** The button of what can be done with the chat as a whole, and its menu while that is open. */
  menu(): VNode;
  /** Whether nothing can be written to the chat now. */
  readonly closed: boolean | undefined;
}

export function createAround(app: AppContext, model: ChatModel): Around {
  const made: Record<string, Below> = {};
  const nothing: Below = () => undefined;
  const draw = (name: keyof typeof PARTS) => {
    if (!made[name]) {
      made[name] = nothing;
      PARTS[name]().then((part) => {
        made[name] = part.default(app, model);
        app.update();
      });
    }
    return made[name]();
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
  let isOpen = false;
  let items: Below | undefined;
  const toggle = () => {
    isOpen = !isOpen;
    app.update();
    if (isOpen && !items)
      import('../life/menu.tsx').then((part) => {
        items = part.default(app, model, toggle);
        app.update();
      });
  };
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
    menu: () => (
      <>
        <button
          type="button"
          class="fd-tool fd-more"
          aria-label={app.words.menu}
          aria-expanded={isOpen}
          onClick={toggle}
        >
          <Icon d={DOTS} />
        </button>
        {isOpen && items?.()}
      </>
    ),
    get closed() {
      return headOf()?.ended || letter() || asked !== null;
    },
  };
}
