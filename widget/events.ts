import type { FrontdeskError } from './errors.ts';

/** What a page can listen to, with what each event carries. */
export interface WidgetEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  screen: string;
  unread: number;
  'message:sent': { conversation: string; id: string; text: string };
  'message:received': { conversation: string; id: string; text: string; author: string };
  'form:submitted': { conversation: string; reference: string };
  'chat:started': { conversation: string };
  'chat:closed': { conversation: string };
  rated: { conversation: string; score: number };
  'invitation:shown': { id: string };
  'invitation:accepted': { id: string };
  'invitation:dismissed': { id: string };
  'article:viewed': { slug: string };
  'article:voted': { slug: string; helped: boolean };
  search: { query: string; found: number };
  availability: { online: boolean };
  error: FrontdeskError;
}

/** Tells the page's listeners. */
export type Emit = <K extends keyof WidgetEvents>(
  event: K,
  ...data: WidgetEvents[K] extends undefined ? [] : [WidgetEvents[K]]
) => void;

/** Every event's name, for checking what a page asks for. */
export const EVENTS: readonly (keyof WidgetEvents)[] = [
  'ready',
  'open',
  'close',
  'screen',
  'unread',
  'message:sent',
  'message:received',
  'form:submitted',
  'chat:started',
  'chat:closed',
  'rated',
  'invitation:shown',
  'invitation:accepted',
  'invitation:dismissed',
  'article:viewed',
  'article:voted',
  'search',
  'availability',
  'error',
];
