import type { VNode } from 'preact';
import { revised, type ShownEvent } from '../../relay/client/revised.ts';
import type { LogEvent } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import type { Line } from '../chat/model.ts';
// So that what both draw with stays in the window's own file, and is not one more download.
import '../app.tsx';
import css from './content.css?inline';
import { contentWords } from './words.ts';

/** What messages hold beside their words. */
export interface Content {
  /** The events as they are to be shown. */
  shown(events: readonly LogEvent[]): ShownEvent[];
  /** What stands behind a message's words. */
  after(line: Line): VNode[];
}

/** Makes the part; it is loaded when a message needs it. */
export default function contentPart(app: AppContext): Content {
  const { host, session } = app.core;
  const words = contentWords[session.site.locale];
  host.sheet(css);
  return {
    shown: revised,
    after({ event }) {
      if (event?.type !== 'message') return [];
      const { edited, deleted } = event;
      const parts: VNode[] = [];
      if (deleted) parts.push(<p class="fd-removed">{words.deleted}</p>);
      else if (edited) parts.push(<small class="fd-edited">{words.edited}</small>);
      return parts;
    },
  };
}
