import type { ShownEvent } from '../../relay/client/revised.ts';
import type { LogEvent } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import type { Content } from '../content/content.tsx';
import type { ChatModel } from './model.ts';

/** The part for what is in messages beside words, and when it is loaded. */
export interface ContentLater {
  readonly part: Content | undefined;
  /** Does something with the part, as soon as it is there. */
  use(how: (part: Content) => void): void;
  /** The events as they are shown; loads the part when one of them needs it. */
  of(events: readonly LogEvent[]): ShownEvent[];
}

/** Events and messages that have one of these are the part's to show; `fi` stands for files and for a form's fields. */
const SPECIAL = /message|edited|deleted|fi|quote/;

/** `chat` gives the model, which is made after this. */
export function contentLater(app: AppContext, chat: () => ChatModel): ContentLater {
  let part: Content | undefined;
  /** Looked at already. */
  const plain = new WeakSet<LogEvent>();
  const use = (how: (part: Content) => void) =>
    import('../content/content.tsx')
      .then((made) => {
        part ??= made.default(app, chat());
        how(part);
        app.update();
      })
      .catch(() => {});
  return {
    get part() {
      return part;
    },
    use,
    of(events) {
      if (part) return part.shown(events);
      const isSpecial = (event: LogEvent) =>
        !plain.has(event) && (SPECIAL.test(`${Object.keys(event)}`) || !plain.add(event));
      // What was attached before a reload is the part's too.
      if (app.core.kept.get(`files:${chat().shown()}`) || events.some(isSpecial)) use(() => {});
      return events.filter((event) => !('message' in event)) as ShownEvent[];
    },
  };
}
