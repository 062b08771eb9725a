import type { VNode } from 'preact';
import type { Asking, PreChat } from '../../protocol/site-settings.ts';
import { Segments, SelectField, Switch } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { FieldsSection } from './fields-section.tsx';
import { LocalisedField } from './localised-field.tsx';
import { Section, useSite } from './section.tsx';

const PERSON = ['name', 'email', 'phone'] as const;
const ASKING: Asking[] = ['off', 'optional', 'required'];

/** What is asked before a chat, and told while it waits. */
export function PreChatPage(): VNode {
  const { model, site } = useSite();
  const { 'pre-chat': text, ownWords } = words.value.settings;
  const { preChat, queue } = site.settings;
  const set = (change: Partial<PreChat>) => model.set({ preChat: { ...preChat, ...change } });
  return (
    <>
      <Section title={text.title} lead={text.titleHint}>
        <Switch label={text.on} checked={preChat.on} onChange={(on) => set({ on })} />
        {preChat.on && (
          <LocalisedField
            label={text.intro}
            hint={ownWords}
            rows={2}
            value={preChat.intro}
            onSave={(intro) => set({ intro })}
          />
        )}
      </Section>
      {preChat.on && (
        <>
          <Section title={text.person} lead={text.consent}>
            <div class="two three">
              {PERSON.map((key) => (
                <SelectField
                  key={key}
                  label={text[key]}
                  value={preChat[key]}
                  options={ASKING.map((value) => ({ value, label: text.asking[value] }))}
                  onChange={(value) => set({ [key]: value })}
                />
              ))}
            </div>
          </Section>
          <FieldsSection
            title={text.fields}
            fields={preChat.fields}
            taken={PERSON}
            onChange={(fields) => set({ fields })}
          />
        </>
      )}
      <Section title={text.queue} lead={text.queueHint}>
        <Segments
          label={text.queue}
          quiet
          value={queue}
          options={(['off', 'place', 'wait'] as const).map((value) => ({ value, label: text.queues[value] }))}
          onChange={(value) => model.set({ queue: value })}
        />
        {queue === 'wait' && <p class="field-hint">{text.waitHint}</p>}
      </Section>
    </>
  );
}
