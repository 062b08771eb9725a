import { type ReadonlySignal, signal } from '@preact/signals';
import type { Draft, OperatorCommand } from '../../protocol/frames.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { Toasts } from '../app/toasts.ts';
import type { Desk } from '../desk/desk.ts';
import { words } from '../locales/locale.ts';
import type { Message } from './grouping.ts';

/** How an operator corrects or deletes a message that was sent. */
export interface Revision {
  /** The message that is being edited, in the composer. */
  readonly editing: ReadonlySignal<Message | null>;
  readonly text: ReadonlySignal<string>;
  /** The message that the composer answers. */
  readonly quoting: ReadonlySignal<Message | null>;
  /** The message whose deletion has to be confirmed. */
  readonly deleting: ReadonlySignal<Message | null>;
  mayEdit(message: Message): boolean;
  mayDelete(message: Message): boolean;
  mayQuote(message: Message): boolean;
  /** Null: the message is sent without. */
  quote(message: Message | null): void;
  edit(message: Message): void;
  write(text: string): void;
  save(): void;
  cancel(): void;
  /** Null: it is kept after all. */
  askToDelete(message: Message | null): void;
  remove(): void;
}

export function createRevision(desk: Desk, conversation: string, toasts: Toasts): Revision {
  const editing = signal<Message | null>(null);
  const deleting = signal<Message | null>(null);
  const quoting = signal<Message | null>(null);
  const text = signal('');
  const order = (draft: Draft<OperatorCommand>) => {
    const problem = (code: keyof ReturnType<typeof words.peek>['errors']) =>
      toasts.show({ text: words.peek().errors[code], tone: 'problem' });
    desk
      .order(draft)
      .then((verdict) => verdict.type === 'reject' && problem(verdict.code))
      .catch(() => problem('internal'));
  };
  const standing = (message: Message) =>
    message.type === 'message' && message.author.kind === 'operator' && !message.deleted;
  const cancel = () => {
    editing.value = null;
    text.value = '';
  };
  return {
    editing,
    deleting,
    quoting,
    text,
    mayQuote: (message) => message.visitorSeq !== undefined && !('deleted' in message && message.deleted),
    quote(message) {
      quoting.value = message;
    },
    mayEdit: (message) => standing(message) && message.author.id === desk.me.id,
    mayDelete: (message) =>
      standing(message) &&
      (message.author.id === desk.me.id || desk.operators.value.find(({ id }) => id === desk.me.id)?.role === 'owner'),
    edit(message) {
      quoting.value = null;
      editing.value = message;
      text.value = message.text;
    },
    write(next) {
      text.value = next;
    },
    save() {
      const [message, next] = [editing.value, text.value.trim()];
      if (!message || next === '' || next.length > LIMITS.messageChars) return;
      if (next !== message.text) order({ type: 'message:edit', conversation, message: message.seq, text: next });
      cancel();
    },
    cancel,
    askToDelete(message) {
      deleting.value = message;
    },
    remove() {
      const message = deleting.value;
      deleting.value = null;
      if (!message) return;
      if (editing.value?.seq === message.seq) cancel();
      order({ type: 'message:delete', conversation, message: message.seq });
    },
  };
}
