import type { VNode } from 'preact';
import type { AppContext } from '../app.tsx';
import type { ChatModel } from './model.ts';

/** What stands below a chat's messages for a while: drawn by a part of its own, which most visits never load. */
type Below = () => VNode | undefined;
export type MakeBelow = (app: AppContext, model: ChatModel) => Below;

const PARTS = {
  away: () => import('../life/away.tsx'),
};

/** The parts around a chat, loaded when the chat first needs them. */
export interface Around {
  below(): (VNode | undefined)[];
  /** Whether nothing can be written to the chat now. */
  readonly closed: boolean;
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
  return {
    below: () => [away() ? draw('away') : undefined],
    get closed() {
      // A chat that goes on may be written in whoever is there: what is written waits.
      return away() && mail && (!headOf()?.seq || headOf()?.status === 'closed');
    },
  };
}
