import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { Messenger, MessengerKind } from '../../protocol/site-settings.ts';
import { Button, IconButton } from '../base/button.tsx';
import { SelectField, TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { LocalisedField } from './localised-field.tsx';
import { moved, without } from './order.ts';
import { Section, useSite } from './section.tsx';

/** Links to messengers. */
export function MessengersPage(): VNode {
  const { model, site } = useSite();
  const { settings: all, pages } = words.value;
  const { messengers: text } = all;
  const { messengers } = site.settings;
  const draft = useSignal<Messenger>({ kind: 'telegram', handle: '' });
  const wrong = model.refused.value?.startsWith('settings.messengers') ? text.badHandle : undefined;
  const save = (next: Messenger[]) => model.set({ messengers: next });
  const add = async (event: Event) => {
    event.preventDefault();
    const { kind, handle, label } = draft.value;
    if (handle.trim() === '') return;
    const added: Messenger = { kind, handle: handle.trim(), ...(label && Object.keys(label).length > 0 && { label }) };
    if (await save([...messengers, added])) draft.value = { kind, handle: '' };
  };
  return (
    <>
      <Section title={pages.messengers}>
        {messengers.length === 0 && <p class="field-hint">{text.none}</p>}
        <ul class="items">
          {messengers.map((one, index) => {
            const name = `${text.kinds[one.kind]} ${one.handle}`;
            return (
              <li key={name} class="item">
                <span class="item-main">
                  {text.kinds[one.kind]}
                  <span class="item-aside">
                    {[one.handle, one.label?.en, one.label?.ru].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <IconButton
                  icon="up"
                  name={`${all.up}: ${name}`}
                  disabled={index === 0}
                  onClick={() => save(moved(messengers, index, -1))}
                />
                <IconButton
                  icon="down"
                  name={`${all.down}: ${name}`}
                  disabled={index === messengers.length - 1}
                  onClick={() => save(moved(messengers, index, 1))}
                />
                <IconButton
                  icon="trash"
                  name={`${all.remove}: ${name}`}
                  onClick={() => save(without(messengers, index))}
                />
              </li>
            );
          })}
        </ul>
      </Section>
      <Section title={text.add}>
        <form class="dialog-form" onSubmit={add}>
          <div class="two">
            <SelectField
              label={text.kind}
              value={draft.value.kind}
              options={(Object.keys(text.kinds) as MessengerKind[]).map((value) => ({
                value,
                label: text.kinds[value],
              }))}
              onChange={(kind) => {
                draft.value = { ...draft.value, kind };
              }}
            />
            <TextField
              label={text.handle}
              value={draft.value.handle}
              maxLength={200}
              error={wrong}
              onInput={(handle) => {
                draft.value = { ...draft.value, handle };
              }}
            />
          </div>
          <LocalisedField
            label={text.label}
            hint={all.ownWords}
            value={draft.value.label ?? {}}
            onInput={(label) => {
              draft.value = { ...draft.value, label };
            }}
          />
          <div>
            <Button type="submit" icon="plus">
              {all.add}
            </Button>
          </div>
        </form>
      </Section>
    </>
  );
}
