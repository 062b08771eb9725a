import type { ArticleHit, VisitorCommand } from '../../relay/protocol/index.ts';
import { debounced } from '../base/fetch.ts';
import type { Core } from '../core.ts';
import type { Live } from '../live.ts';
import type { Words } from '../locales/en.ts';
import { type Field, type FieldError, type FieldValue, formFields, validate } from './validate.ts';

/** The e-mail form: what is in it, what is wrong with it, and where its message is. */
export interface FormModel {
  readonly fields: Field[];
  readonly errors: Record<string, FieldError>;
  /** Articles that may answer already. */
  readonly suggestions: readonly ArticleHit[];
  readonly sending: boolean;
  /** The relay's own objection, or that nothing could be sent at all. */
  readonly trouble: string;
  value(field: Field): FieldValue;
  readOnly(field: Field): boolean;
  set(field: Field, value: FieldValue): void;
  /** Sends it once; resolves to the key of the first field that is not right, if there is one. */
  submit(): Promise<string | undefined>;
  /** The form that was sent: its id, and its number when the relay has taken it. */
  sent(): { waits: boolean; reference: string } | null;
  /** Begins a new one. */
  again(): void;
  /** The connection is there: forms may wait in it, or come back refused. */
  attach(live: Live): void;
}

type Draft = Record<string, FieldValue>;

export function createForm(
  core: Core,
  words: Words,
  find: (text: string) => Promise<ArticleHit[]>,
  update: () => void,
): FormModel {
  const { kept, prefill, session, host } = core;
  const all = formFields(session.site.form, words);
  const keep = debounced(300);
  const look = debounced(300);
  const references = new Map<string, string>();
  let draft = kept.get<Draft>('draft') ?? {};
  let errors: Record<string, FieldError> = {};
  let suggestions: readonly ArticleHit[] = [];
  let sending = false;
  let trouble = '';
  let live: Live | undefined;
  let command: VisitorCommand | undefined;

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

  return {
    get fields() {
      return visible();
    },
    get errors() {
      return errors;
    },
    get suggestions() {
      return suggestions;
    },
    get sending() {
      return sending;
    },
    get trouble() {
      return trouble;
    },
    value,
    readOnly: (field) => !!given(field)?.readOnly,
    set(field, next) {
      const { key } = field;
      draft = { ...draft, [key]: next };
      if (errors[key] && !validate(field, next)) {
        const { [key]: _gone, ...others } = errors;
        errors = others;
      }
      keep(() => kept.set('draft', draft));
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
    async submit() {
      if (sending) return;
      errors = {};
      for (const field of visible()) {
        const error = validate(field, value(field));
        if (error) errors[field.key] = error;
      }
      const first = visible().find(({ key }) => errors[key]);
      update();
      if (first) return first.key;
      sending = true;
      trouble = '';
      try {
        command = await (await core.live()).session.command({
          type: 'form:submit',
          locale: session.site.locale,
          name: text('name'),
          email: text('email'),
          subject: text('subject'),
          message: text('message'),
          fields: Object.fromEntries(all.filter(({ own }) => own).map((field) => [field.key, value(field)] as const)),
          page: core.page(),
        });
        draft = {};
        suggestions = [];
        keep(() => kept.set('draft', null));
      } catch {
        trouble = words.failed;
      }
      sending = false;
      host.refresh();
      update();
      return undefined;
    },
    sent() {
      const form = command ?? live?.session.outbox.pending.find(({ type }) => type === 'form:submit');
      if (!form) return null;
      const reference = references.get(form.id) ?? '';
      return { waits: !reference, reference };
    },
    again() {
      command = undefined;
      update();
    },
    attach(made) {
      live = made;
      const comeBack = () => {
        const refused = made.refused.value.find((one) => one.command.type === 'form:submit');
        if (refused?.command.type !== 'form:submit') return;
        // Back into the form with what was written, and the relay's objection beside it.
        const { fields, name, email, subject, message } = refused.command;
        draft = { ...fields, name, email, subject, message };
        const { field } = refused.error;
        if (field) errors = { [field]: 'notTaken' };
        trouble = words.formRefused;
        command = undefined;
        made.refused.value = made.refused.value.filter((one) => one !== refused);
      };
      made.session.on('verdict', ({ verdict }) => {
        if ('reference' in verdict && verdict.reference) references.set(verdict.id, verdict.reference);
      });
      made.refused.on(comeBack);
      comeBack();
    },
  };
}
