import { FrontdeskError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { FormValue } from '../protocol/log-event.ts';
import type { FormField, LocaleCode, Localised, SiteSettings } from '../protocol/site-settings.ts';
import { consentText } from '../sites/form-consent.ts';

/** What a visitor filled in. */
export interface FormInput {
  name: string;
  email: string;
  subject: string;
  message: string;
  fields: Record<string, string | string[] | boolean>;
  consent?: boolean | undefined;
}

/** A form that has passed: trimmed, its values with the labels the visitor saw. */
export interface CheckedForm {
  name: string;
  email: string;
  subject: string;
  message: string;
  values: FormValue[];
}

const EMAIL = /^[^\s@"<>()[\],;:\\]+@[^\s@"<>()[\],;:\\]+\.[^\s@"<>()[\],;:\\.]{2,}$/u;
/** Digits, and what stands between them. */
export const PHONE = /^\+?[\d\s().-]{5,25}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** How the box is called where a form is at fault: no field of a site can have this key. */
export const BOX = 'Consent';

const bad = (field: string, message: string) => new FrontdeskError('bad-field', message, { field });
export const inLocale = (text: Localised, locale: LocaleCode) => text[locale] || text.en || text.ru || '';

/** Whether this can be an e-mail address; only a mail that arrives proves that it is one. */
export const isEmail = (text: string): boolean => text.length <= 254 && EMAIL.test(text);

function optionLabel(field: FormField, value: string, locale: LocaleCode): string {
  const option = field.options?.find((known) => known.value === value);
  if (!option) throw bad(field.key, `«${value.slice(0, 60)}» is not one of the choices.`);
  return inLocale(option.label, locale) || value;
}

/** What a field holds, as text; throws `bad-field` where it cannot be. */
export function textOf(field: FormField, value: string | string[] | boolean, locale: LocaleCode): string {
  if (field.kind === 'checkbox') return value === true || value === 'true' || value === 'on' ? '✓' : '';
  if (field.kind === 'multiselect') {
    const chosen = Array.isArray(value) ? value : String(value) === '' ? [] : [String(value)];
    return chosen.map((one) => optionLabel(field, one, locale)).join(', ');
  }
  const text = String(value).trim();
  if (text === '') return '';
  const most = field.kind === 'longtext' ? LIMITS.longFieldChars : LIMITS.fieldChars;
  if (text.length > most) throw bad(field.key, `This is longer than ${most} characters.`);
  if (field.kind === 'select') return optionLabel(field, text, locale);
  if (field.kind === 'number' && !Number.isFinite(Number(text.replace(',', '.'))))
    throw bad(field.key, 'This is not a number.');
  if (field.kind === 'phone' && !PHONE.test(text)) throw bad(field.key, 'This is not a phone number.');
  if (field.kind === 'date' && (!DATE.test(text) || Number.isNaN(Date.parse(text))))
    throw bad(field.key, 'This is not a date.');
  return text;
}

/** What is kept of a ticked box: the words as they were read, links by their words and addresses; null: nothing is asked. */
export function agreement(settings: SiteSettings['form'], locale: LocaleCode): FormValue | null {
  const words = consentText(settings, locale);
  return words === '' ? null : { key: BOX, label: words.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '$1 ($2)'), value: '✓' };
}

/** Checks a form against the site's own list of fields; the first fault is thrown with the field's key. */
export function checkForm(settings: SiteSettings['form'], locale: LocaleCode, input: FormInput): CheckedForm {
  const email = input.email.trim();
  if (!isEmail(email)) throw bad('email', 'This is not an e-mail address.');
  const message = input.message.trim();
  if (message === '') throw bad('message', 'The message is empty.');
  const subject = input.subject.trim();
  if (settings.subject === 'select' && subject !== '') {
    const known = settings.subjects.some((one) => Object.values(one).includes(subject));
    if (!known) throw bad('subject', 'This is not one of the subjects.');
  }
  const values: FormValue[] = [];
  for (const field of settings.fields) {
    const value = textOf(field, input.fields[field.key] ?? '', locale);
    if (value === '' && field.required) throw bad(field.key, 'This field is required.');
    if (value !== '') values.push({ key: field.key, label: inLocale(field.label, locale) || field.key, value });
  }
  const agreed = agreement(settings, locale);
  if (agreed) {
    if (input.consent !== true) throw bad(BOX, 'This has to be agreed to.');
    values.push(agreed);
  }
  return { name: input.name.trim(), email, subject, message, values };
}
