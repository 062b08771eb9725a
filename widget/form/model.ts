import type { ArticleHit, VisitorCommand } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import { debounced } from '../base/fetch.ts';
import type { Core } from '../core.ts';
import type { FormMore } from '../form-more/form-more.tsx';
import type { Live } from '../live.ts';
import type { Words } from '../locales/en.ts';
import { type Field, type FieldError, type FieldValue, formFields, validate } from './validate.ts';

/** What fields are drawn with. */
export interface FieldsModel {
  readonly fields: Field[];
  /** By the field's key: a word of the locale, or a sentence. */
  errors: Record<string, FieldError | (string & {})>;
  /** Articles that may answer already. */
  readonly suggestions: readonly ArticleHit[];
  /** What seldom is needed before the form shows. */
  readonly more: Pick<FormMore, 'choices' | 'label'> | undefined;
  value(field: Field): FieldValue;
  readOnly(field: Field): boolean;
  set(field: Field, value: FieldValue): void;
}

/** The e-mail form: what is in it, what is wrong with it, and where its message is. */
export interface FormModel extends FieldsModel {
  readonly sending: boolean;
  /** The relay's own objection, or that nothing could be sent at all. */
  trouble: string;
  /** What seldom is needed before the form shows: files, the rarer fields, what the relay refused. */
  readonly more: FormMore | undefined;
  /** Loads that. */
  pull(): Promise<FormMore>;
  /** Fills the form with what was written before. */
  restore(draft: Draft): void;
  send(draft: FormDraft): Promise<void>;
  /** The form that is on its way, or was taken. */
  command: VisitorCommand | undefined;
  /** Sends it once. Gives the key of the first field that is not right, if there is one. */
  submit(): string | undefined;
  /** The form that was sent. */
  sent(): SentForm | null;
  /** Begins a new one. */
  again(): void;
  /** The connection is there: forms may wait in it, or come back refused. */
  attach(live: Live): void;
}

/** A form on its way, or taken: then with its number. */
export interface SentForm {
  waits: boolean;
  reference: string;
}

type Draft = Record<string, FieldValue>;
export type FormDraft = Omit<Extract<VisitorCommand, { type: 'form:submit' }>, 'id' | 'n'>;

export function createForm(
  core: Core,
  words: Words,
  find: (text: string) => Promise<ArticleHit[]>,
  update: () => void,
  app: () => AppContext,
): FormModel {
  const { kept, prefill, session, host } = core;
  const all = formFields(session.site.form, words);
  const look = debounced(300);
  const references = new Map<string, string>();
  let draft = kept.get<Draft>('draft') ?? {};
  let more: FormMore | undefined;
  let suggestions: readonly ArticleHit[] = [];
  let sending = false;
  let live: Live | undefined;

  const given = ({ key }: Field) => prefill.value[key];
  const value = (field: Field): FieldValue => {
    const { key, kind } = field;
    const set = given(field);
    const own = set?.hidden || set?.readOnly ? undefined : draft[key];
    const known = key === 'name' || key === 'email' ? session.visitor[key] : null;
    return own ?? set?.value ?? known ?? (kind === 'multiselect' ? [] : kind === 'checkbox' ? false : '');
  };
  const visible = () => all.filter((field) => !given(field)?.hidden);
  const text = (key: string) => {
    const field = all.find((one) => one.key === key);
    return field ? `${value(field)}`.trim() : '';
  };
  prefill.on(update);
  const deliver = async (isRight: boolean) => {
    try {
      const part = await form.pull();
      form.trouble = part.trouble();
      if (isRight && !form.trouble) {
        await form.send({
          type: 'form:submit',
          locale: session.site.locale,
          name: text('name'),
          email: text('email'),
          subject: text('subject'),
          message: text('message'),
          fields: Object.fromEntries(all.filter(({ own }) => own).map((field) => [field.key, value(field)] as const)),
          page: core.page(),
          ...part.take(),
        });
        draft = {};
        suggestions = [];
        kept.set('draft', null);
      }
    } catch {
      form.trouble = words.failed;
    }
    sending = false;
    host.refresh();
    update();
  };

  const form: FormModel = {
    command: undefined,
    errors: {},
    trouble: '',
    get more() {
      return more;
    },
    get fields() {
      return visible();
    },
    get suggestions() {
      return suggestions;
    },
    get sending() {
      return sending;
    },
    value,
    readOnly: (field) => !!given(field)?.readOnly,
    set(field, next) {
      const { key } = field;
      draft = { ...draft, [key]: next };
      if (form.errors[key] && !validate(field, next)) delete form.errors[key];
      // At once: the page may be gone the next moment.
      kept.set('draft', draft);
      if (key === 'subject' && field.kind === 'text' && session.site.hasArticles)
        look(() => {
          const ask = `${next}`.trim();
          (ask.length > 2 ? find(ask) : Promise.resolve([]))
            .then((found) => {
              suggestions = found.slice(0, 3);
              update();
            })
            .catch(() => {});
        });
      update();
    },
    async pull() {
      const part = await import('../form-more/form-more.tsx');
      if (!more) {
        more = part.default(app());
        update();
      }
      return more;
    },
    restore(all) {
      draft = all;
      form.command = undefined;
    },
    async send(ready) {
      form.command = await (await core.live()).session.command(ready);
    },
    submit() {
      if (sending) return;
      const errors: FormModel['errors'] = {};
      for (const field of visible()) {
        const error = validate(field, value(field));
        if (error) errors[field.key] = error;
      }
      form.errors = errors;
      const first = visible().find(({ key }) => errors[key]);
      form.trouble = '';
      sending = !first;
      update();
      deliver(!first);
      return first?.key;
    },
    sent() {
      const sent = form.command ?? live?.session.outbox.pending.find(({ type }) => type === 'form:submit');
      if (!sent) return null;
      const reference = references.get(sent.id) ?? '';
      return { waits: !reference, reference };
    },
    again() {
      form.command = undefined;
      update();
    },
    attach(made) {
      live = made;
      const comeBack = () => {
        const refused = made.refused.value.find((one) => one.command.type === 'form:submit');
        if (refused) form.pull().then((part) => part.refused(refused));
      };
      made.session.on('verdict', ({ verdict }) => {
        if ('reference' in verdict && verdict.reference) references.set(verdict.id, verdict.reference);
      });
      made.refused.on(comeBack);
      comeBack();
    },
  };
  return form;
}
