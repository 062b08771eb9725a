import { type ReadonlySignal, signal } from '@preact/signals';
import type { Draft, OperatorCommand } from '../../protocol/frames.ts';
import type { Toasts } from '../app/toasts.ts';
import type { Desk } from '../desk/desk.ts';
import { words } from '../locales/locale.ts';
import type { ConversationModel } from './conversation-model.ts';

/** What an operator orders about a conversation; each goes through the outbox and says when it was refused. */
export interface Orders {
  readonly busy: ReadonlySignal<boolean>;
  /** Each answers whether it makes sense now. */
  take(): boolean;
  close(): boolean;
  reopen(): boolean;
  spam(): boolean;
  notSpam(): boolean;
  giveBack(): boolean;
  assign(operator: string): boolean;
}

export function createOrders(desk: Desk, model: ConversationModel, toasts: Toasts): Orders {
  const busy = signal(false);
  const order = (draft: Draft<OperatorCommand>): boolean => {
    busy.value = true;
    desk
      .order(draft)
      .then((verdict) => {
        if (verdict.type !== 'reject') return;
        const { conversation, errors } = words.peek();
        const text =
          verdict.code === 'already-taken'
            ? conversation.alreadyTaken(verdict.operator?.name || conversation.someone)
            : errors[verdict.code];
        toasts.show({ text, tone: 'problem' });
      })
      .catch(() => toasts.show({ text: words.peek().errors.internal, tone: 'problem' }))
      .finally(() => {
        busy.value = false;
      });
    return true;
  };
  const { id: conversation } = model;
  const open = () => model.summary.peek()?.status === 'open';
  const mine = () => model.summary.peek()?.assignee?.id === desk.me.id;
  return {
    busy,
    take: () => open() && !mine() && order({ type: 'conversation:take', conversation }),
    close: () => open() && order({ type: 'conversation:close', conversation }),
    reopen: () => model.summary.peek()?.status === 'closed' && order({ type: 'conversation:reopen', conversation }),
    spam: () => model.summary.peek()?.spam === false && order({ type: 'conversation:spam', conversation }),
    notSpam: () => model.summary.peek()?.spam === true && order({ type: 'conversation:not-spam', conversation }),
    giveBack: () => model.summary.peek()?.assignee != null && order({ type: 'conversation:return', conversation }),
    assign: (operator) => order({ type: 'conversation:assign', conversation, operator }),
  };
}
