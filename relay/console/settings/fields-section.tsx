import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { FormField, Localised } from '../../protocol/site-settings.ts';
import { Button, IconButton } from '../base/button.tsx';
import { language, words } from '../locales/locale.ts';
import { FieldDialog } from './field-dialog.tsx';
import { moved, replaced, without } from './order.ts';
import { Section } from './section.tsx';

/** A text of the site's in the console's language, or in any other. */
export const wordsOf = (text: Localised): string => text[language.value] || Object.values(text).find(Boolean) || '';

/** Fields of a form, in their order: added, edited, moved, removed. `taken`: keys that none of them can have. */
export function FieldsSection(props: {
  title: string;
  lead?: string;
  fields: readonly FormField[];
  taken?: readonly string[];
  onChange(fields: FormField[]): void;
}): VNode {
  const { title, lead, fields, taken = [], onChange } = props;
  const { settings: all, fieldKinds } = words.value;
  const { form: text } = all;
  const edited = useSignal<{ index: number; field: FormField } | null>(null);
  const saveField = (field: FormField) => {
    const { index } = edited.value ?? { index: -1 };
    onChange(index < 0 ? [...fields, field] : replaced(fields, index, field));
    edited.value = null;
  };
  return (
    <Section title={title} {...(lead && { lead })}>
      {fields.length === 0 && <p class="field-hint">{text.noFields}</p>}
      <ul class="items">
        {fields.map((field, index) => {
          const name = wordsOf(field.label) || field.key;
          return (
            <li key={field.key} class="item">
              <span class="item-main">
                {name}
                <span class="item-aside">
                  {fieldKinds[field.kind]}
                  {field.required && ` · ${text.required}`} · <span class="mono">{field.key}</span>
                </span>
              </span>
              <IconButton
                icon="up"
                name={`${all.up}: ${name}`}
                disabled={index === 0}
                onClick={() => onChange(moved(fields, index, -1))}
              />
              <IconButton
                icon="edit"
                name={`${all.edit}: ${name}`}
                onClick={() => {
                  edited.value = { index, field };
                }}
              />
              <IconButton
                icon="trash"
                name={`${all.remove}: ${name}`}
                onClick={() => onChange(without(fields, index))}
              />
            </li>
          );
        })}
      </ul>
      <Button
        icon="plus"
        onClick={() => {
          edited.value = { index: -1, field: { key: '', kind: 'text', label: {}, required: false } };
        }}
      >
        {text.newField}
      </Button>
      {edited.value && (
        <FieldDialog
          field={edited.value.field}
          taken={[...taken, ...fields.filter((_, index) => index !== edited.value?.index).map(({ key }) => key)]}
          onSave={saveField}
          onClose={() => {
            edited.value = null;
          }}
        />
      )}
    </Section>
  );
}
