import type { VNode } from 'preact';
import { useDesk } from '../app/context.ts';
import { Avatar } from '../base/avatar.tsx';
import { Button, IconButton } from '../base/button.tsx';
import { Icon } from '../base/icon.tsx';
import { closePopover, Popover } from '../base/popover.tsx';
import { words } from '../locales/locale.ts';
import type { ConversationModel } from './conversation-model.ts';
import type { Orders } from './orders.ts';

/** Take, assign, return, close, reopen. */
export function Actions({ model, orders }: { model: ConversationModel; orders: Orders }): VNode | null {
  const desk = useDesk();
  const { conversation: text, status } = words.value;
  const summary = model.summary.value;
  if (!summary) return null;
  const open = summary.status === 'open';
  const holder = summary.assignee?.id ?? null;
  // What a close will do: it may ask the visitor first.
  const asks = summary.channel === 'chat' && desk.asksSolved.value;
  const busy = orders.busy.value;
  const colleagues = desk.operators.value.filter(({ deletedAt, id }) => deletedAt === null && id !== holder);
  return (
    <div class="actions">
      {open && holder === null && (
        <Button kind="primary" icon="take" hint="T" disabled={busy} onClick={() => orders.take()}>
          {text.take}
        </Button>
      )}
      {open && holder !== null && (
        <Button icon="check" hint="C" disabled={busy} onClick={() => orders.close()}>
          {summary.closesAt ? text.closeNow : asks ? text.askSolved : text.close}
        </Button>
      )}
      {summary.spam && (
        <Button icon="return" disabled={busy} onClick={() => orders.notSpam()}>
          {text.notSpam}
        </Button>
      )}
      {!open && !summary.spam && (
        <Button icon="again" disabled={busy} onClick={() => orders.reopen()}>
          {text.reopen}
        </Button>
      )}
      <IconButton icon="more" name={text.more} popoverTarget="actions-menu" />
      <Popover id="actions-menu">
        {open && holder === null && <Item icon="check" label={text.close} run={orders.close} />}
        {open && holder !== null && holder !== desk.me.id && <Item icon="take" label={text.take} run={orders.take} />}
        {!summary.spam && <Item icon="x" label={text.spam} run={orders.spam} />}
        {holder !== null && !summary.spam && <Item icon="return" label={text.return} run={orders.giveBack} />}
        {colleagues.length > 0 && !summary.spam && (
          <fieldset aria-label={text.assignTo} class="menu-group">
            <p class="menu-title" aria-hidden="true">
              {text.assignTo}
            </p>
            {colleagues.map(({ id, name }) => {
              const presence = desk.presence.value[id] ?? 'offline';
              return (
                <button
                  key={id}
                  type="button"
                  class="menu-item"
                  onClick={() => {
                    closePopover('actions-menu');
                    orders.assign(id);
                  }}
                >
                  <Avatar id={id} name={name} size="small" presence={presence} />
                  <span>{name}</span>
                  <span class="menu-aside">{id === desk.me.id ? words.value.list.yours : status[presence]}</span>
                </button>
              );
            })}
          </fieldset>
        )}
      </Popover>
    </div>
  );
}

function Item(props: { icon: 'check' | 'take' | 'return' | 'x'; label: string; run(): boolean }): VNode {
  return (
    <button
      type="button"
      class="menu-item"
      onClick={() => {
        closePopover('actions-menu');
        props.run();
      }}
    >
      <Icon name={props.icon} size={18} />
      <span>{props.label}</span>
    </button>
  );
}
