import type { VNode } from 'preact';
import type { AppContext } from '../app.tsx';
import { Icon } from '../base/icons.tsx';
import type { ChatModel } from './model.ts';

/** What stands below a chat's messages for a while: drawn by a part of its own, which most visits never load. */
type Below = () => VNode | undefined;
export type MakeBelow = (app: AppContext, model: ChatModel) => Below;

const DOTS = 'M12 5v.01M12 12v.01M12 19v.01';

const PARTS = {
  away: () => import('../life/away.tsx'),
  after: () => import('../life/after.tsx'),
};

/** The parts around a chat, loaded when the chat first needs them. */
export interface Around {
  below(): (VNode | undefined)[];
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
  const headOf = () => app.live?.session.conversations.get(model.shown());
  const away = () => !core.availability.value.online && headOf()?.channel !== 'email';
  /** Without e-mail there is nothing but the chat to write to. */
  const mail = core.session.site.channels.includes('email');
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
    below: () => [headOf()?.asks ? draw('after') : undefined, away() ? draw('away') : undefined],
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
      // A chat that goes on may be written in whoever is there: what is written waits.
      return headOf()?.ended || (away() && mail && (!headOf()?.seq || headOf()?.status === 'closed'));
    },
  };
}
