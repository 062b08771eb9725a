import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { Operator } from '../../protocol/entities.ts';
import { useApp, useDesk } from '../app/context.ts';
import { Avatar } from '../base/avatar.tsx';
import { Button, IconButton } from '../base/button.tsx';
import { errorWords } from '../base/error-words.ts';
import { words } from '../locales/locale.ts';
import {
  AddOperatorDialog,
  DeleteOperatorDialog,
  PasswordDialog,
  RenameDialog,
  ResetFactorDialog,
} from './operator-dialogs.tsx';
import { SecondFactorDemand } from './second-factor-demand.tsx';
import { Section, useSite } from './section.tsx';

type Asked = { what: 'add' } | { what: 'rename' | 'password' | 'reset' | 'delete'; operator: Operator };

/** Who works for the site. */
export function OperatorsPage(): VNode {
  const app = useApp();
  const desk = useDesk();
  const { site } = useSite();
  const asked = useSignal<Asked | null>(null);
  const { settings: all, pages, status } = words.value;
  const { operators: text } = all;
  const owner = site.role === 'owner';
  const close = () => {
    asked.value = null;
  };
  /** Sends it; says what was wrong, or closes the dialog. */
  const send = async (method: 'POST' | 'PATCH' | 'DELETE', path: string, body: unknown, said: string) => {
    try {
      await desk.api.send(method, path, body);
      await desk.loadOperators();
      app.toasts.show({ text: said });
      close();
      return '';
    } catch (error) {
      return errorWords(error);
    }
  };

  const now = asked.value;
  return (
    <>
      <Section title={pages.operators}>
        <ul class="items">
          {desk.operators.value.map((operator) => {
            const { id, name, email, role, deletedAt } = operator;
            const presence = desk.presence.value[id] ?? 'offline';
            const me = id === desk.me.id;
            return (
              <li key={id} class={`item ${deletedAt === null ? '' : 'item-gone'}`}>
                <Avatar id={id} name={name} presence={deletedAt === null ? presence : undefined} />
                <span class="item-main">
                  <span>
                    {name} {deletedAt !== null && text.deleted}
                    {role === 'owner' && <span class="tag">{text.owner}</span>}
                    {me && <span class="tag">{text.you}</span>}
                  </span>
                  <span class="item-aside">
                    {email}
                    {deletedAt === null && ` · ${status[presence]}`}
                  </span>
                </span>
                {deletedAt === null && (owner || me) && (
                  <IconButton
                    icon="edit"
                    name={`${text.rename}: ${name}`}
                    onClick={() => (asked.value = { what: 'rename', operator })}
                  />
                )}
                {deletedAt === null && owner && role !== 'owner' && (
                  <>
                    <IconButton
                      icon="key"
                      name={`${text.setPassword}: ${name}`}
                      onClick={() => (asked.value = { what: 'password', operator })}
                    />
                    <IconButton
                      icon="unshield"
                      name={`${text.resetFactor}: ${name}`}
                      onClick={() => (asked.value = { what: 'reset', operator })}
                    />
                    <IconButton
                      icon="trash"
                      name={`${all.delete}: ${name}`}
                      onClick={() => (asked.value = { what: 'delete', operator })}
                    />
                  </>
                )}
              </li>
            );
          })}
        </ul>
        {owner ? (
          <div>
            <Button icon="plus" onClick={() => (asked.value = { what: 'add' })}>
              {text.add}
            </Button>
          </div>
        ) : (
          <p class="field-hint">{all.ownerOnly}</p>
        )}
        {now?.what === 'add' && (
          <AddOperatorDialog
            onClose={close}
            onSave={(made) => send('POST', '/operators', made, text.added(made.name))}
          />
        )}
        {now?.what === 'rename' && (
          <RenameDialog
            name={now.operator.name}
            onClose={close}
            onSave={(name) => send('PATCH', `/operators/${now.operator.id}`, { name }, all.saved)}
          />
        )}
        {now?.what === 'password' && (
          <PasswordDialog
            onClose={close}
            onSave={(password) =>
              send('POST', `/operators/${now.operator.id}/password`, { password }, text.passwordSet)
            }
          />
        )}
        {now?.what === 'reset' && (
          <ResetFactorDialog
            name={now.operator.name}
            onClose={close}
            onReset={() =>
              send(
                ...(['DELETE', `/operators/${now.operator.id}/second-factor`, undefined] as const),
                text.factorReset(now.operator.name),
              )
            }
          />
        )}
        {now?.what === 'delete' && (
          <DeleteOperatorDialog
            name={now.operator.name}
            onClose={close}
            onDelete={() => send('DELETE', `/operators/${now.operator.id}`, undefined, text.removed(now.operator.name))}
          />
        )}
      </Section>
      {owner && <SecondFactorDemand />}
    </>
  );
}
