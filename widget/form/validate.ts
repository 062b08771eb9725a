import type { PublicField, PublicSite } from '../../relay/protocol/index.ts';
import { LIMITS } from '../../relay/protocol/limits.ts';

/** What a field holds while it is filled in. */
export type FieldValue = string | string[] | boolean;

/** A field of the form as it is drawn: the four of every form, and the site's own. */
export type Field = Omit<PublicField, 'kind'> & { kind: PublicField['kind'] | 'email'; own?: boolean };

/** What may be wrong with a field; each is one of the words that are loaded with the form. */
export type FieldError = 'required' | 'badEmail' | 'badNumber' | 'badDate' | 'badPhone' | 'tooLong' | 'notAnOption';

/** The fields of a site's form, in the order they stand. */
export function formFields(
  form: PublicSite['form'],
  words: Record<'name' | 'mail' | 'subject' | 'message', string>,
): Field[] {
  const options = form.subjects.map((label) => ({ value: label, label }));
  const subject: Field = { key: 'subject', label: words.subject, required: false, kind: 'text' };
  return [
    { key: 'name', kind: 'text', label: words.name, required: false },
    { key: 'email', kind: 'email', label: words.mail, required: true },
    form.subject === 'select' && options.length ? { ...subject, kind: 'select', required: true, options } : subject,
    ...form.fields.map((field) => ({ ...field, own: true })),
    { key: 'message', kind: 'longtext', label: words.message, required: true },
    // No field of a site can have this key.
    ...(form.consent ? [{ key: 'Consent', kind: 'checkbox' as const, label: form.consent, required: true }] : []),
  ];
}

/** What is wrong with a value, as the relay will see it too; null: nothing. */
export function validate({ kind, required, options }: Field, value: FieldValue): FieldError | null {
  const text = typeof value === 'string' ? value.trim() : '';
  const empty = Array.isArray(value) ? !value.length : typeof value === 'boolean' ? !value : !text;
  if (empty) return required ? 'required' : null;
  const bad = (fits: boolean, error: FieldError) => (fits ? null : error);
  switch (kind) {
    case 'email':
      return bad(/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text), 'badEmail');
    case 'number':
      return bad(Number.isFinite(Number(text.replace(',', '.'))), 'badNumber');
    case 'date':
      return bad(/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)), 'badDate');
    case 'phone':
      return bad(/^[+\d\s().-]+$/.test(text) && text.replace(/\D/g, '').length >= 5, 'badPhone');
    case 'select':
    case 'multiselect':
      return bad(
        [value].flat().every((one) => options?.some((option) => option.value === one)),
        'notAnOption',
      );
    default:
      return bad(text.length <= (kind === 'longtext' ? LIMITS.longFieldChars : LIMITS.fieldChars), 'tooLong');
  }
}
