import type { VNode } from 'preact';
import { Button, IconButton } from '../base/button.tsx';
import { Dialog } from '../base/dialog.tsx';
import { Icon, type IconName } from '../base/icon.tsx';
import { closePopover, Popover } from '../base/popover.tsx';
import { words } from '../locales/locale.ts';
import type { Message } from './grouping.ts';
import type { Revision } from './revision.ts';

/** What can be done with one message; nothing shows where there is nothing to do. */
export function MessageMenu({ message, revision }: { message: Message; revision: Revision }): VNode | null {
  const { message: text } = words.value.conversation;
  const id = `message-menu-${message.seq}`;
  const items: [IconName, string, () => void][] = [];
  if (revision.mayQuote(message)) items.push(['return', text.quote, () => revision.quote(message)]);
  if (revision.mayEdit(message)) items.push(['edit', text.edit, () => revision.edit(message)]);
  if (revision.mayDelete(message)) items.push(['trash', text.delete, () => revision.askToDelete(message)]);
  if (items.length === 0) return null;
  return (
    <span class="message-menu">
      <IconButton icon="more" size={18} name={text.menu} popoverTarget={id} />
      <Popover id={id} class="popover-small">
        {items.map(([icon, label, run]) => (
          <button
            key={label}
            type="button"
            class="menu-item"
            onClick={() => {
              closePopover(id);
              run();
            }}
          >
            <Icon name={icon} size={18} />
            <span>{label}</span>
          </button>
        ))}
      </Popover>
    </span>
  );
}

/** Asks before a message is deleted. */
export function DeleteDialog({ revision }: { revision: Revision }): VNode | null {
  const { conversation, shell } = words.value;
  const { message: text } = conversation;
  const message = revision.deleting.value;
  if (!message) return null;
  const close = () => revision.askToDelete(null);
  return (
    <Dialog title={text.deleteTitle} onClose={close}>
      <div class="dialog-form">
        <p>{text.deleteHint}</p>
        {message.text && <blockquote class="quoted">{message.text}</blockquote>}
        <div class="dialog-foot">
          <Button onClick={close}>{shell.cancel}</Button>
          <Button kind="danger" onClick={() => revision.remove()}>
            {text.delete}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
