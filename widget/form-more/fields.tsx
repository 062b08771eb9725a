import type { VNode } from 'preact';
import type { FieldsModel } from '../form/model.ts';
import type { Field } from '../form/validate.ts';

const LINK = /\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)/;
const ATTENTION: Record<'en' | 'ru', Record<string, string>> = {
  en: { one: 'field needs attention', other: 'fields need attention' },
  ru: { one: 'поле требует внимания', few: 'поля требуют внимания', many: 'полей требуют внимания' },
};

/** How many fields are not right, in a sentence. */
export const faults = (locale: 'en' | 'ru', count: number): string =>
  `${count} ${ATTENTION[locale][new Intl.PluralRules(locale).select(count)]}`;

/** What is ticked: one box, or several choices under one label. */
export function choices(form: FieldsModel, field: Field): VNode[] {
  const { key, required } = field;
  if (field.kind === 'checkbox')
    return [
      <input
        type="checkbox"
        id={`fd-${key}`}
        name={key}
        aria-describedby={`fd-${key}-hint`}
        aria-invalid={!!form.errors[key]}
        aria-required={required}
        disabled={form.readOnly(field)}
        checked={!!form.value(field)}
        onInput={({ currentTarget }) => form.set(field, currentTarget.checked)}
      />,
    ];
  const chosen = [form.value(field)].flat() as string[];
  return (field.options ?? []).map(({ value, label }, i) => (
    <label class="fd-choice">
      <input
        type="checkbox"
        id={i ? undefined : `fd-${field.key}`}
        disabled={form.readOnly(field)}
        checked={chosen.includes(value)}
        onInput={({ currentTarget }) =>
          form.set(field, [...chosen.filter((one) => one !== value), ...(currentTarget.checked ? [value] : [])])
        }
      />
      {label}
    </label>
  ));
}

/** A label, with links where it has any. */
export const label = (text: string): unknown =>
  text.split(/(\[[^\]]+\]\(https?:\/\/[^)\s]+\))/).map((part) => {
    const [, name, address = ''] = LINK.exec(part) ?? [];
    return name ? (
      <a href={address} target="_blank" rel="noopener noreferrer">
        {name}
      </a>
    ) : (
      part
    );
  });
