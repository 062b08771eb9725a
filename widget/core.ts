import type { Availability, SessionReply } from '../relay/protocol/index.ts';
import type { App, Opening } from './app.tsx';
import type { Cell, cell } from './base/cell.ts';
import type { Desk } from './desk.ts';
import type { Emit } from './events.ts';
import type { Host } from './host.ts';
import type { Live } from './live.ts';
import type { Options } from './options.ts';
import type { currentPage } from './page.ts';
import type { Load } from './parts.ts';
import type { Kept } from './storage.ts';

/** A value put into a form by the page. */
export interface Prefilled {
  value: string | string[] | boolean;
  hidden?: boolean;
  readOnly?: boolean;
}

export type Trigger = SessionReply['triggers'][number];

/** What the loader hands to the parts, so that nothing is downloaded twice. */
export interface Core {
  /** `relay` is its address without a trailing slash; `launcher` is what `show` and `hide` change. */
  readonly options: Options & { relay: string };
  readonly session: SessionReply & { token: string };
  readonly host: Host;
  readonly kept: Kept;
  /** Who started this widget, and starts the next one. */
  readonly desk: Desk;
  readonly emit: Emit;
  readonly open: Cell<boolean>;
  readonly screen: Cell<string>;
  readonly unread: Cell<number>;
  readonly availability: Cell<Availability>;
  /** By the name of the field; the site's own fields by their key. */
  readonly prefill: Cell<Record<string, Prefilled>>;
  /** The invitation that was accepted and not answered yet. */
  readonly invitation: Cell<Trigger | null>;
  readonly load: Load;
  /** The connection, made once. */
  live(): Promise<Live>;
  /** The window's contents, made once; not shown by this alone. */
  app(): Promise<App>;
  /** Opens the window, on a screen when one is named. */
  show(to?: string, more?: Opening): Promise<void>;
  /** Looks again at what decides how launcher and colours are to be seen. */
  dress(): void;
  /** Code of the loader's that the parts use too. */
  readonly cell: typeof cell;
  readonly page: typeof currentPage;
  /** Ends with the widget. */
  readonly over: AbortSignal;
}
