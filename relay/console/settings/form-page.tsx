import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { FormField, Localised } from '../../protocol/site-settings.ts';
import { Button, IconButton } from '../base/button.tsx';
import { Segments, Switch } from '../base/field.tsx';
import { language, words } from '../locales/locale.ts';
import { FieldDialog } from './field-dialog.tsx';
import { LocalisedField } from './localised-field.tsx';
import { moved, replaced, without } from './order.ts';
import { Section, useSite } from './section.tsx';

const wordsOf = (text: Localised) => text[language.value] || Object.values(text).find(Boolean) || '';

/** The e-mail form: its subject and the site's extra fields. */
export function FormPage(): VNode {
  const { model, site } = useSite();
  const { settings: all, fieldKinds } = words.value;
  const { form: text } = all;
  const { form } = site.settings;
  const edited = useSignal<{ index: number; field: FormField } | null>(null);
  const draft = useSignal<Localised>({});
  const setForm = (change: Partial<typeof form>) => model.set({ form: { ...form, ...change } });
  const saveField = (field: FormField) => {
    const { index } = edited.value ?? { index: -1 };
    setForm({ fields: index < 0 ? [...form.fields, field] : replaced(form.fields, index, field) });
    edited.value = null;
  };
  return (
    <>
      <Section title={text.subject}>
        <Segments
          label={text.subject}
          quiet
          value={form.subject}
          options={[
            { value: 'text', label: text.subjects.text },
            { value: 'select', label: text.subjects.select },
          ]}
          onChange={(subject) => setForm({ subject })}
        />
      </Section>
      {form.subject === 'select' && (
        <Section title={text.list}>
          <ul class="items">
            {form.subjects.map((subject, index) => (
              <li key={JSON.stringify(subject)} class="item">
                <span class="item-main">
                  {subject.en ?? '—'} <span class="item-aside">{subject.ru ?? '—'}</span>
                </span>
                <IconButton
                  icon="up"
                  name={`${all.up}: ${wordsOf(subject)}`}
                  disabled={index === 0}
                  onClick={() => setForm({ subjects: moved(form.subjects, index, -1) })}
                />
                <IconButton
                  icon="x"
                  name={`${all.remove}: ${wordsOf(subject)}`}
                  onClick={() => setForm({ subjects: without(form.subjects, index) })}
                />
              </li>
            ))}
          </ul>
          <LocalisedField
            label={text.newSubject}
            value={draft.value}
            onInput={(value) => {
              draft.value = value;
            }}
          />
          <Button
            icon="plus"
            disabled={wordsOf(draft.value) === ''}
            onClick={() => {
              setForm({ subjects: [...form.subjects, draft.value] });
              draft.value = {};
            }}
          >
            {all.add}
          </Button>
        </Section>
      )}
      <Section title={text.fields}>
        {form.fields.length === 0 && <p class="field-hint">{text.noFields}</p>}
        <ul class="items">
          {form.fields.map((field, index) => {
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
                  onClick={() => setForm({ fields: moved(form.fields, index, -1) })}
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
                  onClick={() => setForm({ fields: without(form.fields, index) })}
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
      </Section>
      <Section title={text.consent} lead={text.consentHint}>
        <Switch
          label={text.consentOn}
          checked={form.consent.on}
          onChange={(on) => setForm({ consent: { ...form.consent, on } })}
        />
        {form.consent.on && (
          <LocalisedField
            label={text.consentText}
            hint={text.consentLinks}
            rows={3}
            value={form.consent.text}
            onSave={(words) => setForm({ consent: { ...form.consent, text: words } })}
          />
        )}
      </Section>
      {edited.value && (
        <FieldDialog
          field={edited.value.field}
          taken={form.fields.filter((_, index) => index !== edited.value?.index).map(({ key }) => key)}
          onSave={saveField}
          onClose={() => {
            edited.value = null;
          }}
        />
      )}
    </>
  );
}
