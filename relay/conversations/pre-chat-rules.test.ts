import { describe, expect, test } from 'vitest';
import { type SiteSettingsInput, siteSettings } from '../protocol/site-settings.ts';
import { type Answers, checkAnswers, type Known } from './pre-chat-rules.ts';

const nobody: Known = { name: null, email: null, phone: null };
const order = { key: 'order_no', kind: 'text' as const, label: { en: 'Order', ru: 'Заказ' }, required: true };
const topic = {
  ...{ key: 'topic', kind: 'select' as const, label: { en: 'Topic' }, required: false },
  options: [{ value: 'tea', label: { en: 'Tea' } }],
};
const check = (
  input: SiteSettingsInput,
  given: Answers,
  { known = nobody, begins = true }: { known?: Known; begins?: boolean } = {},
) => {
  const settings = siteSettings.parse({ ...input, preChat: { on: true, name: 'off', email: 'off', ...input.preChat } });
  const { person, told } = checkAnswers(settings, 'en', given, { known, begins });
  return {
    person,
    told: told?.fields.map(({ key, value }) => `${key}=${value}`).join(' ') ?? '',
    missing: told?.missing.map(({ key }) => key).join(' ') ?? '',
  };
};

describe('[PQ2, PQ3] what was answered before a chat', () => {
  test.each<[string, SiteSettingsInput, Answers, string, string]>([
    ['nothing asked, nothing said', {}, {}, '', ''],
    ['a name', { preChat: { name: 'required' } }, { name: ' Ann ' }, 'name=Ann', ''],
    ['no name where one is required', { preChat: { name: 'required' } }, { name: ' ' }, '', 'name'],
    ['no name where one is wished for', { preChat: { name: 'optional' } }, {}, '', ''],
    ['an address', { preChat: { email: 'required' } }, { email: 'a@b.example' }, 'email=a@b.example', ''],
    ['no address', { preChat: { email: 'required' } }, { email: 'a@b' }, '', 'email'],
    ['a number', { preChat: { phone: 'required' } }, { phone: '+7 912 345-67-89' }, 'phone=+7 912 345-67-89', ''],
    ['no number', { preChat: { phone: 'required' } }, { phone: 'call me' }, '', 'phone'],
    ['one that was not asked for', {}, { phone: '12345' }, 'phone=12345', ''],
    ['an own field', { preChat: { fields: [order] } }, { order_no: 'QL-1' }, 'order_no=QL-1', ''],
    ['a required own field left out', { preChat: { fields: [order] } }, {}, '', 'order_no'],
    ['a choice', { preChat: { fields: [topic] } }, { topic: 'tea' }, 'topic=Tea', ''],
    ['a choice that is not there any more', { preChat: { fields: [topic] } }, { topic: 'ware' }, '', ''],
    [
      'a required choice that is not there',
      { preChat: { fields: [{ ...topic, required: true }] } },
      { topic: 'ware' },
      '',
      'topic',
    ],
    ['a field of nobody', {}, { admin: true }, '', ''],
    ['the box', { form: { consent: { on: true, text: { en: 'Yes' } } } }, { Consent: true }, 'Consent=✓', ''],
    ['the box left empty', { form: { consent: { on: true, text: { en: 'Yes' } } } }, { Consent: false }, '', 'Consent'],
    ['the box where none is asked for', {}, { Consent: true }, '', ''],
    ['a name that is no text', { preChat: { name: 'required' } }, { name: ['Ann'] }, '', 'name'],
    ['questions that are off', { preChat: { on: false, name: 'required' } }, {}, '', ''],
    ['answers to questions that are off now', { preChat: { on: false } }, { name: 'Ann' }, 'name=Ann', ''],
  ])('%s', (_, settings, given, told, missing) => {
    expect(check(settings, given)).toMatchObject({ told, missing });
  });

  test('what is known of the person is not missing; in a chat that goes on nothing is', () => {
    const asks: SiteSettingsInput = { preChat: { name: 'required', email: 'required', fields: [order] } };
    expect(check(asks, {}, { known: { ...nobody, name: 'Ann' } }).missing).toBe('email order_no');
    expect(check(asks, {}, { begins: false })).toMatchObject({ told: '', missing: '' });
  });

  test('only what fits is kept of the person', () => {
    expect(check({}, { name: 'Ann', email: 'a@', phone: 'x' }).person).toEqual({ name: 'Ann' });
  });

  test.each<[string, string[]]>([
    ['a key of the person', ['email']],
    ['a key twice', ['size', 'size']],
  ])('own fields cannot have %s', (_, keys) => {
    const fields = keys.map((key) => ({ ...order, key }));
    expect(siteSettings.safeParse({ preChat: { fields } }).success).toBe(false);
  });
});
