import { expect, test } from 'vitest';
import { type Field, type FieldValue, formFields, validate } from './validate.ts';

const field = (kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  key: 'x',
  kind,
  label: 'X',
  required: false,
  ...more,
});
const options = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
];

test.each<[Field['kind'], FieldValue, string | null]>([
  ['email', 'anna@shop.example', null],
  ['email', 'анна@почта.рф', null],
  ['email', 'anna@shop', 'badEmail'],
  ['email', 'anna shop@a.example', 'badEmail'],
  ['email', '@a.example', 'badEmail'],
  ['email', 'a@.example', 'badEmail'],
  ['number', '12,5', null],
  ['number', '-3', null],
  ['number', '12 apples', 'badNumber'],
  ['date', '2026-11-22', null],
  ['date', '22.11.2026', 'badDate'],
  ['date', '2026-13-40', 'badDate'],
  ['phone', '+7 (495) 123-45-67', null],
  ['phone', '1234', 'badPhone'],
  ['phone', 'call me', 'badPhone'],
  ['text', 'x'.repeat(501), 'tooLong'],
  ['longtext', 'x'.repeat(501), null],
  ['select', 'b', null],
  ['select', 'z', 'notAnOption'],
  ['multiselect', ['a', 'b'], null],
  ['multiselect', ['a', 'z'], 'notAnOption'],
  ['text', '', null],
])('%s %s: %s', (kind, value, error) => {
  expect(validate(field(kind, { options }), value)).toBe(error);
});

test.each<[Field['kind'], FieldValue]>([
  ['text', '   '],
  ['email', ''],
  ['multiselect', []],
  ['checkbox', false],
])('a required %s may not be empty', (kind, value) => {
  expect(validate(field(kind, { required: true }), value)).toBe('required');
});

test('the form asks for name, address, subject, the site’s own fields, and the message', () => {
  const words = { name: 'N', mail: 'M', subject: 'S', message: 'T' };
  const own = { key: 'order', kind: 'number' as const, label: 'Order', required: true };
  const keys = (form: Parameters<typeof formFields>[0]) =>
    formFields(form, words).map(({ key, kind }) => `${key}:${kind}`);
  expect(keys({ subject: 'text', subjects: [], fields: [own], consent: '' })).toEqual([
    'name:text',
    'email:email',
    'subject:text',
    'order:number',
    'message:longtext',
  ]);
  expect(keys({ subject: 'select', subjects: ['A', 'B'], fields: [], consent: '' })).toContain('subject:select');
});
