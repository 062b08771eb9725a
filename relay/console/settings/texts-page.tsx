import type { VNode } from 'preact';
import type { SiteSettings } from '../../protocol/site-settings.ts';
import { TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { LocalisedField } from './localised-field.tsx';
import { Section, useSite } from './section.tsx';

type TextName = keyof SiteSettings['texts'];
const SHORT: TextName[] = ['title', 'greeting', 'intro'];
const LONG: TextName[] = ['chatWelcome', 'offline', 'formIntro', 'formSent', 'consent'];

/** What visitors read, in each language. */
export function TextsPage(): VNode {
  const { model, site } = useSite();
  const { texts: text, ownWords } = words.value.settings;
  const { texts } = site.settings;
  return (
    <>
      {[...SHORT, ...LONG].map((name) => (
        <Section key={name} title={text[name]}>
          <LocalisedField
            label={text[name]}
            value={texts[name]}
            hint={name === 'consent' ? text.consentHint : ownWords}
            {...(LONG.includes(name) && { rows: 3 })}
            onSave={(value) => model.set({ texts: { ...texts, [name]: value } })}
          />
        </Section>
      ))}
      <Section title={text.policy}>
        <TextField
          label={text.policy}
          type="url"
          hint={text.policyHint}
          placeholder="https://shop.example/privacy"
          value={site.settings.policy}
          error={model.refused.value?.startsWith('settings.policy') ? text.policyBad : undefined}
          onSave={(policy) => model.set({ policy: policy.trim() })}
        />
      </Section>
    </>
  );
}
