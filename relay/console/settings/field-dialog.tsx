import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { FieldKind, FormField } from '../../protocol/site-settings.ts';
import { Button } from '../base/button.tsx';
import { Dialog } from '../base/dialog.tsx';
import { SelectField, Switch, TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { LocalisedField } from './localised-field.tsx';
import { optionLines, readOptions } from './option-lines.ts';

const KEY = /^[a-z][a-z0-9_]{0,39}$/;
const CHOICES: FieldKind[] = ['select', 'multiselect'];

/** One extra field of the form. */
export function FieldDialog(props: {
  field: FormField;
  taken: readonly string[];
  onSave(field: FormField): void;
  onClose(): void;
}): VNode {
  const { field, taken, onSave, onClose } = props;
  const draft = useSignal(field);
  const options = useSignal(optionLines(field.options ?? []));
  const problem = useSignal('');
  const { settings: all, fieldKinds, shell } = words.value;
  const { form: text } = all;
  const change = (part: Partial<FormField>) => {
    draft.value = { ...draft.value, ...part };
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const { key, kind } = draft.value;
    problem.value = !KEY.test(key) ? text.badKey : taken.includes(key) ? text.sameKey : '';
    if (problem.value) return;
    const { options: _, ...rest } = draft.value;
    onSave(CHOICES.includes(kind) ? { ...rest, options: readOptions(options.value) } : rest);
  };
  return (
    <Dialog wide title={field.key === '' ? text.newField : all.edit} onClose={onClose}>
      <form class="dialog-form" onSubmit={submit}>
        <div class="two">
          <SelectField
            label={text.kind}
            value={draft.value.kind}
            options={(Object.keys(fieldKinds) as FieldKind[]).map((value) => ({ value, label: fieldKinds[value] }))}
            onChange={(kind) => change({ kind })}
          />
          <TextField
            label={text.key}
            mono
            hint={text.keyHint}
            error={problem.value}
            value={draft.value.key}
            onInput={(key) => change({ key })}
          />
        </div>
        <LocalisedField label={text.label} value={draft.value.label} onInput={(label) => change({ label })} />
        <LocalisedField label={text.hint} value={draft.value.hint ?? {}} onInput={(hint) => change({ hint })} />
        {CHOICES.includes(draft.value.kind) && (
          <TextField
            label={text.options}
            hint={text.optionsHint}
            rows={5}
            mono
            value={options.value}
            onInput={(typed) => {
              options.value = typed;
            }}
          />
        )}
        <Switch label={text.required} checked={draft.value.required} onChange={(required) => change({ required })} />
        <div class="dialog-foot">
          <Button kind="quiet" onClick={onClose}>
            {shell.cancel}
          </Button>
          <Button kind="primary" type="submit">
            {all.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
