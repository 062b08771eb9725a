import type { TargetedEvent, VNode } from 'preact';
import type { AppContext } from '../app.tsx';
import { hits } from '../knowledge/views.tsx';
import type { Field, FieldError } from './validate.ts';

const TYPES: Record<string, 'email' | 'date' | 'tel'> = { email: 'email', date: 'date', phone: 'tel' };
const COMPLETE: Record<string, 'name' | 'email' | 'tel'> = { name: 'name', email: 'email', phone: 'tel' };

/** What kind of keyboard and of autofill a field asks for. */
const kindOf = (kind: string): object => ({
  type: TYPES[kind] ?? 'text',
  inputmode: kind === 'number' ? 'decimal' : null,
});

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const control = (app: AppContext, field: Field, described: string): VNode => {
  const { form, words } = app;
  const { key, kind, options = [] } = field;
  const value = form.value(field);
  const readOnly = form.readOnly(field);
  const common = {
    id: `fd-${key}`,
    name: key,
    'aria-describedby': described,
    'aria-invalid': !!form.errors[key],
    'aria-required': field.required,
    onInput: (event: TargetedEvent<Control>) => form.set(field, event.currentTarget.value),
  };
  if (kind === 'longtext') return <textarea {...common} readOnly={readOnly} rows={5} value={`${value}`} />;
  if (kind === 'select')
    return (
      <select {...common} disabled={readOnly} value={`${value}`}>
        <option value="">{words.choose}</option>
        {options.map((option) => (
          <option value={option.value}>{option.label}</option>
        ))}
      </select>
    );
  return (
    <input
      {...common}
      {...kindOf(kind)}
      autocomplete={COMPLETE[field.own ? kind : key] ?? 'off'}
      readOnly={readOnly}
      value={`${value}`}
    />
  );
};

/** A field with its name, its hint and what is wrong with it. */
export const row = (app: AppContext, field: Field): VNode => {
  const { words, form, more } = app;
  const { key, label, hint, kind } = field;
  const error = form.errors[key];
  const many = kind === 'multiselect';
  const [Box, Name] = many ? (['fieldset', 'legend'] as const) : (['div', 'label'] as const);
  return (
    <Box
      key={key}
      class={`fd-field fd-field-${kind}${error ? ' fd-field-bad' : ''}${field.required ? ' fd-required' : ''}`}
      {...(many && { 'aria-describedby': `fd-${key}-hint` })}
    >
      <Name {...(!many && { for: `fd-${key}` })}>
        {form.more?.label(label) ?? label}
        {!field.required && <small> · {words.optional}</small>}
      </Name>
      {many || kind === 'checkbox' ? form.more?.choices(field) : control(app, field, `fd-${key}-hint`)}
      <small id={`fd-${key}-hint`} class={error ? 'fd-error' : 'fd-hint'}>
        {[error && more && (more[error as FieldError] ?? error), hint].filter(Boolean).join(' ')}
      </small>
      {key === 'subject' && form.suggestions.length > 0 && (
        <aside class="fd-suggestions">
          <small>{words.suggested}</small>
          {hits(
            app,
            form.suggestions.map((hit) => ({ ...hit, snippet: '' })),
          )}
        </aside>
      )}
    </Box>
  );
};

/** The e-mail form, or what became of it. */
export const formScreen = (app: AppContext): VNode | undefined => {
  const { form, words, core } = app;
  const { formIntro } = core.session.site.texts;
  const sent = form.sent();
  form.pull();
  if (sent) return form.more?.sent(sent);
  const submit = (event: Event) => {
    event.preventDefault();
    const bad = form.submit();
    // Now: once more is loaded, they may be writing in another field.
    if (bad) app.afterwards(() => app.box.querySelector<HTMLElement>(`#fd-${bad}`)?.focus());
  };
  return (
    <form class="fd-page fd-form" noValidate onSubmit={submit}>
      {formIntro && <p class="fd-intro">{formIntro}</p>}
      {form.fields.map((field) => row(app, field))}
      {form.more?.below()}
      <p class="fd-error" role="alert">
        {form.trouble}
      </p>
      <button type="submit" class="fd-button fd-button-main">
        {form.sending ? words.sending : words.send}
      </button>
    </form>
  );
};
