import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { Localised } from '../../protocol/site-settings.ts';
import { Button, IconButton } from '../base/button.tsx';
import { Segments, Switch } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { FieldsSection, wordsOf } from './fields-section.tsx';
import { LocalisedField } from './localised-field.tsx';
import { moved, without } from './order.ts';
import { Section, useSite } from './section.tsx';

/** The e-mail form: its subject and the site's extra fields. */
export function FormPage(): VNode {
  const { model, site } = useSite();
  const { settings: all } = words.value;
  const { form: text } = all;
  const { form } = site.settings;
  const draft = useSignal<Localised>({});
  const setForm = (change: Partial<typeof form>) => model.set({ form: { ...form, ...change } });
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
      <FieldsSection title={text.fields} fields={form.fields} onChange={(fields) => setForm({ fields })} />
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
    </>
  );
}
