import { describe, expect, test } from 'vitest';
import { FrontdeskError } from '../protocol/errors.ts';
import { type SiteSettingsInput, siteSettings } from '../protocol/site-settings.ts';
import { checkForm, type FormInput, isEmail } from './form-rules.ts';

const settings = (form: SiteSettingsInput['form']) => siteSettings.parse({ form }).form;
const filled: FormInput = { name: ' Ann ', email: 'ann@example.com', subject: 'Hello', message: ' Hi ', fields: {} };
const fault = (form: SiteSettingsInput['form'], input: Partial<FormInput>) => {
  try {
    checkForm(settings(form), 'en', { ...filled, ...input });
    return null;
  } catch (error) {
    if (error instanceof FrontdeskError) return error.detail.field;
    throw error;
  }
};
const field = (kind: string, more: object = {}) =>
  ({ fields: [{ key: 'f', kind, label: { en: 'F', ru: 'Ф' }, ...more }] }) as SiteSettingsInput['form'];
const colours = {
  options: [
    { value: 'red', label: { en: 'Red' } },
    { value: 'blue', label: { en: 'Blue' } },
  ],
};

describe('[E3] a form is checked against the site’s own list', () => {
  test.each<[string, SiteSettingsInput['form'], Partial<FormInput>, string | null]>([
    ['nothing extra', {}, {}, null],
    ['no address', {}, { email: '' }, 'email'],
    ['a bad address', {}, { email: 'ann@' }, 'email'],
    ['no message', {}, { message: ' ' }, 'message'],
    [
      'a subject of the list',
      { subject: 'select', subjects: [{ en: 'Order', ru: 'Заказ' }] },
      { subject: 'Заказ' },
      null,
    ],
    ['a subject of nobody’s list', { subject: 'select', subjects: [{ en: 'Order' }] }, { subject: 'Other' }, 'subject'],
    ['a required text that is missing', field('text', { required: true }), {}, 'f'],
    ['a required text of spaces', field('text', { required: true }), { fields: { f: '  ' } }, 'f'],
    ['a required checkbox that is off', field('checkbox', { required: true }), { fields: { f: false } }, 'f'],
    ['a required checkbox that is on', field('checkbox', { required: true }), { fields: { f: true } }, null],
    ['a number', field('number'), { fields: { f: '12,5' } }, null],
    ['not a number', field('number'), { fields: { f: 'twelve' } }, 'f'],
    ['a date', field('date'), { fields: { f: '2026-02-28' } }, null],
    ['not a date', field('date'), { fields: { f: '2026-13-40' } }, 'f'],
    ['a phone', field('phone'), { fields: { f: '+7 (912) 345-67-89' } }, null],
    ['not a phone', field('phone'), { fields: { f: 'call me' } }, 'f'],
    ['a choice', field('select', colours), { fields: { f: 'red' } }, null],
    ['not a choice', field('select', colours), { fields: { f: 'green' } }, 'f'],
    ['several choices', field('multiselect', colours), { fields: { f: ['red', 'blue'] } }, null],
    ['one of several is not a choice', field('multiselect', colours), { fields: { f: ['red', 'green'] } }, 'f'],
    ['too long', field('text'), { fields: { f: 'x'.repeat(501) } }, 'f'],
    ['long, in a long field', field('longtext'), { fields: { f: 'x'.repeat(501) } }, null],
    ['no agreement where one is asked for', { consent: { on: true } }, {}, 'Consent'],
    ['an agreement taken back', { consent: { on: true } }, { consent: false }, 'Consent'],
    ['an agreement', { consent: { on: true } }, { consent: true }, null],
    ['no agreement where none is asked for', { consent: { on: false, text: { en: 'Yes' } } }, {}, null],
    ['a field nobody asked for', {}, { fields: { admin: 'true' } }, null],
  ])('%s', (_, form, input, expected) => {
    expect(fault(form, input)).toBe(expected);
  });

  test('values go along with the labels the visitor saw, choices by their words', () => {
    const checked = checkForm(settings(field('multiselect', colours)), 'ru', {
      ...filled,
      fields: { f: ['red', 'blue'] },
    });
    expect(checked).toEqual({
      name: 'Ann',
      email: 'ann@example.com',
      subject: 'Hello',
      message: 'Hi',
      values: [{ key: 'f', label: 'Ф', value: 'Red, Blue' }],
    });
  });

  test.each<[SiteSettingsInput['form'], 'en' | 'ru', string | undefined]>([
    [
      { consent: { on: true, text: { en: 'I have read [the policy](https://shop.example/p)' } } },
      'en',
      'I have read the policy (https://shop.example/p)',
    ],
    [
      { consent: { on: true, text: { en: 'Only English' } } },
      'ru',
      'Согласен на хранение и обработку того, что здесь написано, чтобы получить ответ.',
    ],
    [{}, 'en', undefined],
  ])('[E8] what was agreed to stays with the form, as it was read: %j %s', (form, locale, label) => {
    const { values } = checkForm(settings(form), locale, { ...filled, consent: true });
    expect(values).toEqual(label === undefined ? [] : [{ key: 'Consent', label, value: '✓' }]);
  });

  test.each([
    ['ann@example.com', true],
    ['анна@почта.рф', true],
    ['a.b+c@sub.example.co', true],
    ['ann@example', false],
    ['ann example@x.com', false],
    ['ann@exa mple.com', false],
    ['"x"@example.com', false],
    ['a@b.c', false],
    ['a@example.com\r\nBcc: b@example.com', false],
  ])('«%s» can be an address: %s', (text, expected) => {
    expect(isEmail(text)).toBe(expected);
  });
});
