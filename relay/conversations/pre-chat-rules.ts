import { FrontdeskError } from '../protocol/errors.ts';
import type { VisitorCommand } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { FormValue, LogEvent } from '../protocol/log-event.ts';
import type { FormField, LocaleCode, SiteSettings } from '../protocol/site-settings.ts';
import { agreement, BOX, inLocale, isEmail, PHONE, textOf } from './form-rules.ts';

/** What a visitor's client says was answered before the chat. */
export type Answers = NonNullable<Extract<VisitorCommand, { type: 'message:send' }>['answers']>;

const PERSON = ['name', 'email', 'phone'] as const;
type PersonKey = (typeof PERSON)[number];
/** What is known of somebody; null: it is not. */
export type Known = Record<PersonKey, string | null>;

/** Answers that have passed. */
export interface CheckedAnswers {
  /** What was said of the person. */
  person: Partial<Record<PersonKey, string>>;
  /** The event's body; null where there is nothing to tell. */
  told: Pick<Extract<LogEvent, { type: 'pre-chat' }>, 'fields' | 'missing'> | null;
}

const fits: Record<PersonKey, (text: string) => boolean> = {
  name: (text) => text.length <= LIMITS.fieldChars,
  email: isEmail,
  phone: (text) => PHONE.test(text),
};

/** A field's text; empty where it cannot be what the field holds. */
function goodText(field: FormField, value: Answers[string], locale: LocaleCode): string {
  try {
    return textOf(field, value, locale);
  } catch (error) {
    if (error instanceof FrontdeskError) return '';
    throw error;
  }
}

/**
 * Looks at what was answered before a chat. Nothing is refused for it: a message is never lost because the site's questions have
 * changed, or because a client does not know of them. What does not fit is left out, and what a chat that begins (`begins`) lacks
 * is named.
 */
export function checkAnswers(
  { preChat, form }: Pick<SiteSettings, 'preChat' | 'form'>,
  locale: LocaleCode,
  given: Answers,
  { known, begins }: { known: Known; begins: boolean },
): CheckedAnswers {
  const person: CheckedAnswers['person'] = {};
  const fields: FormValue[] = [];
  const missing: Omit<FormValue, 'value'>[] = [];
  const asks = begins && preChat.on;
  for (const key of PERSON) {
    const text = typeof given[key] === 'string' ? given[key].trim() : '';
    if (text !== '' && fits[key](text)) {
      person[key] = text;
      fields.push({ key, label: '', value: text });
    } else if (asks && preChat[key] === 'required' && !known[key]) missing.push({ key, label: '' });
  }
  for (const field of preChat.fields) {
    const { key } = field;
    const label = inLocale(field.label, locale) || key;
    const value = goodText(field, given[key] ?? '', locale);
    if (value !== '') fields.push({ key, label, value });
    else if (asks && field.required) missing.push({ key, label });
  }
  const agreed = agreement(form, locale);
  if (agreed && given[BOX] === true) fields.push(agreed);
  else if (agreed && asks) missing.push({ key: BOX, label: agreed.label });
  return { person, told: fields.length + missing.length > 0 ? { fields, missing } : null };
}
