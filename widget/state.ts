import type { Core } from './core.ts';

/** What `state()` tells. */
export interface WidgetState {
  ready: boolean;
  open: boolean;
  screen: string;
  unread: number;
  online: boolean;
  conversationId: string | null;
  visitNumber: number;
  locale: string;
}

/** The state of a widget, or of none. */
export const stateOf = (core: Core | undefined): WidgetState => ({
  ready: !!core,
  open: !!core?.open.value,
  screen: core?.screen.value ?? '',
  unread: core?.unread.value ?? 0,
  online: !!core?.availability.value.online,
  conversationId: core?.session.conversation.id ?? null,
  visitNumber: core?.session.visitNumber ?? 0,
  locale: core?.session.site.locale ?? '',
});
