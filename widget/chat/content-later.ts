import type { ShownEvent } from '../../relay/client/revised.ts';
import type { LogEvent } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import type { Content } from '../content/content.tsx';

/** The part for what is in messages beside words, and when it is loaded. */
export interface ContentLater {
  readonly part: Content | undefined;
  load(): Promise<Content>;
  /** The events as they are shown; loads the part when one of them needs it. */
  of(events: readonly LogEvent[]): ShownEvent[];
}

const SPECIAL = ['message', 'edited', 'deleted'];

export function contentLater(app: AppContext): ContentLater {
  let part: Content | undefined;
  return {
    get part() {
      return part;
    },
    async load() {
      const { default: make } = await import('../content/content.tsx');
      part ??= make(app);
      app.update();
      return part;
    },
    of(events) {
      if (!part && events.some((event) => SPECIAL.some((name) => name in event))) this.load().catch(() => {});
      return part?.shown(events) ?? events.filter((event): event is ShownEvent => !('message' in event));
    },
  };
}
