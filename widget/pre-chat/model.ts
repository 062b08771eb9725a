import type { AppContext } from '../app.tsx';
import type { FieldsModel } from '../form/model.ts';
import { type Field, validate } from '../form/validate.ts';
import { choices, faults, label } from '../form-more/fields.tsx';
import { type Answers, givenOf, isEmpty, isOfPerson, keepGiven, PERSON } from './answers.ts';

/** What is asked before a chat, and what is wrong with the answers. */
export interface PreChatModel extends FieldsModel {
  trouble: string;
  /** Whether the visitor has to be asked before this conversation. */
  asks(conversation: string): boolean;
  /** Keeps the answers for the chat; gives the key of the first field that is not right, if there is one. */
  submit(): string | undefined;
}

/** No field of a site can have this key. */
const BOX = 'Consent';
const DRAFT = 'pre-chat';

export function createPreChat(app: AppContext, phone: string): PreChatModel {
  const { core, words, update } = app;
  const { kept, prefill, session } = core;
  const { preChat, form: mail, locale } = session.site;
  const labels = { name: words.name, email: words.mail, phone };
  const kinds = { name: 'text', email: 'email', phone: 'phone' } as const;
  const all: Field[] = [
    ...PERSON.filter((key) => preChat && preChat[key] !== 'off').map((key) => ({
      ...{ key, kind: kinds[key], label: labels[key] },
      required: preChat?.[key] === 'required',
    })),
    ...(preChat?.fields ?? []).map((field) => ({ ...field, own: true })),
    ...(mail.consent ? [{ key: BOX, kind: 'checkbox' as const, label: mail.consent, required: true }] : []),
  ];
  let draft = kept.get<Answers>(DRAFT) ?? {};
  /** The conversation that is asked about. */
  let chat = '';

  const isLocked = ({ key }: Field) => !!(prefill.value[key]?.hidden || prefill.value[key]?.readOnly);
  /** The visitor need not be asked this for the conversation. */
  const isKnown = (field: Field) => {
    const { key } = field;
    const given = givenOf(core);
    if (prefill.value[key]?.hidden || (isLocked(field) && !isEmpty(prefill.value[key]?.value))) return true;
    if (key === BOX) return given?.agreed === field.label;
    if (isOfPerson(key)) return !isEmpty(session.visitor[key as 'name'] ?? given?.values[key]);
    return !!given && (given.chat === '' || given.chat === chat) && (!field.required || !isEmpty(given.values[key]));
  };
  prefill.on(update);

  const form: PreChatModel = {
    errors: {},
    trouble: '',
    suggestions: [],
    more: { choices: (field) => choices(form, field), label },
    get fields() {
      return all.filter((field) => !isKnown(field) || prefill.value[field.key]?.readOnly);
    },
    value(field) {
      const { key, kind } = field;
      const set = prefill.value[key];
      const own = isLocked(field) ? undefined : draft[key];
      const before = key === BOX ? undefined : givenOf(core)?.values[key];
      return own ?? set?.value ?? before ?? (kind === 'multiselect' ? [] : kind === 'checkbox' ? false : '');
    },
    readOnly: ({ key }) => !!prefill.value[key]?.readOnly,
    set(field, next) {
      const { key } = field;
      draft = { ...draft, [key]: next };
      if (form.errors[key] && !validate(field, next)) delete form.errors[key];
      kept.set(DRAFT, draft);
      update();
    },
    asks(conversation) {
      chat = conversation;
      const open = all.filter((field) => !isKnown(field));
      // Where nothing has to be answered it is asked once.
      const isWished = !givenOf(core) && open.length > 0 && all.every(({ required }) => !required);
      return isWished || open.some(({ required }) => required);
    },
    submit() {
      const { fields } = form;
      form.errors = {};
      for (const field of fields) {
        const error = validate(field, form.value(field));
        if (error) form.errors[field.key] = error;
      }
      const wrong = fields.filter(({ key }) => form.errors[key]);
      form.trouble = wrong.length ? faults(locale, wrong.length) : '';
      update();
      if (wrong[0]) return wrong[0].key;
      const { values = {}, agreed = '' } = givenOf(core) ?? {};
      const answered = fields.filter(({ key }) => key !== BOX).map((field) => [field.key, form.value(field)] as const);
      keepGiven(core, {
        values: { ...values, ...Object.fromEntries(answered) },
        agreed: fields.some(({ key }) => key === BOX) ? mail.consent : agreed,
        chat: '',
      });
      draft = {};
      kept.set(DRAFT, null);
      return;
    },
  };
  return form;
}
