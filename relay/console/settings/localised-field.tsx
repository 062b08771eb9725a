import type { VNode } from 'preact';
import type { LocaleCode, Localised } from '../../protocol/site-settings.ts';
import { TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';

const LOCALES: LocaleCode[] = ['en', 'ru'];

/** A text in each language, beside each other. */
export function LocalisedField(props: {
  label: string;
  value: Localised;
  rows?: number;
  hint?: string | undefined;
  error?: string | undefined;
  placeholder?: Localised;
  onInput?(value: Localised): void;
  onSave?(value: Localised): void;
}): VNode {
  const { languages } = words.value.settings;
  const { value } = props;
  const changed = (locale: LocaleCode, text: string): Localised => {
    const { [locale]: _, ...others } = value;
    return text.trim() === '' ? others : { ...others, [locale]: text };
  };
  return (
    <fieldset class="localised">
      <legend class="field-label">{props.label}</legend>
      <div class="localised-fields">
        {LOCALES.map((locale) => (
          <div key={locale} class="localised-field">
            <TextField
              label={languages[locale]}
              lang={locale}
              maxLength={1000}
              value={value[locale] ?? ''}
              placeholder={props.placeholder?.[locale]}
              {...(props.rows && { rows: props.rows })}
              {...(props.onInput && { onInput: (text: string) => props.onInput?.(changed(locale, text)) })}
              {...(props.onSave && { onSave: (text: string) => props.onSave?.(changed(locale, text)) })}
            />
          </div>
        ))}
      </div>
      {props.hint && <p class="field-hint">{props.hint}</p>}
      {props.error && (
        <p class="field-error" role="alert">
          {props.error}
        </p>
      )}
    </fieldset>
  );
}
