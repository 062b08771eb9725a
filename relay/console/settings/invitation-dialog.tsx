import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { TriggerCondition, TriggerInput } from '../../protocol/site-settings.ts';
import { Button, IconButton } from '../base/button.tsx';
import { Dialog } from '../base/dialog.tsx';
import { Segments, SelectField, Switch, TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { LocalisedField } from './localised-field.tsx';
import { replaced, without } from './order.ts';

type Kind = TriggerCondition['type'];
type Match = Extract<TriggerCondition, { type: 'page' }>['match'];

const freshOf = (kind: Kind): TriggerCondition =>
  kind === 'page' ? { type: 'page', match: 'contains', value: '' } : { type: kind, seconds: 30 };

/** One invitation: its conditions, its text, how it shows. */
export function InvitationDialog(props: {
  input: TriggerInput;
  isNew: boolean;
  onSave(input: TriggerInput): void;
  onClose(): void;
}): VNode {
  const { input, isNew, onSave, onClose } = props;
  const draft = useSignal(input);
  const problem = useSignal('');
  const { settings: all, shell } = words.value;
  const { invitations: text } = all;
  const change = (part: Partial<TriggerInput>) => {
    draft.value = { ...draft.value, ...part };
  };
  const { conditions } = draft.value;
  const submit = (event: Event) => {
    event.preventDefault();
    problem.value = Object.values(draft.value.text).some((said) => said !== '') ? '' : text.needText;
    if (problem.value === '') onSave({ ...draft.value, name: draft.value.name.trim() });
  };
  return (
    <Dialog wide title={isNew ? text.add : text.edit} onClose={onClose}>
      <form class="dialog-form" onSubmit={submit}>
        <TextField
          label={text.name}
          required
          maxLength={200}
          value={draft.value.name}
          onInput={(name) => change({ name })}
        />
        <fieldset class="conditions">
          <legend class="field-label">{text.conditions}</legend>
          {conditions.map((one, index) => (
            <Condition
              // Conditions have no name of their own: their place is what they are known by.
              key={`${index} ${one.type}`}
              one={one}
              onChange={(next) => change({ conditions: replaced(conditions, index, next) })}
              onRemove={conditions.length > 1 ? () => change({ conditions: without(conditions, index) }) : undefined}
            />
          ))}
          {conditions.length < 10 && (
            <div>
              <Button icon="plus" onClick={() => change({ conditions: [...conditions, freshOf('page')] })}>
                {text.addCondition}
              </Button>
            </div>
          )}
        </fieldset>
        <LocalisedField
          label={text.text}
          rows={2}
          value={draft.value.text}
          error={problem.value || undefined}
          onInput={(said) => change({ text: said })}
        />
        <Segments
          label={text.show}
          value={draft.value.show}
          options={[
            { value: 'bubble', label: text.shows.bubble },
            { value: 'window', label: text.shows.window },
          ]}
          onChange={(show) => change({ show })}
        />
        <Switch label={text.enabled} checked={draft.value.enabled} onChange={(enabled) => change({ enabled })} />
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

function Condition(props: {
  one: TriggerCondition;
  onChange(next: TriggerCondition): void;
  onRemove?: (() => void) | undefined;
}): VNode {
  const { one, onChange, onRemove } = props;
  const { settings: all } = words.value;
  const { invitations: text } = all;
  return (
    <div class={`condition ${one.type === 'page' ? 'condition-page' : ''}`}>
      <SelectField
        label={text.conditionKind}
        quiet
        value={one.type}
        options={(Object.keys(text.condition) as Kind[]).map((value) => ({ value, label: text.condition[value] }))}
        onChange={(kind) => onChange(freshOf(kind))}
      />
      {one.type === 'page' ? (
        <>
          <SelectField
            label={text.matchLabel}
            quiet
            value={one.match}
            options={(Object.keys(text.match) as Match[]).map((value) => ({ value, label: text.match[value] }))}
            onChange={(match) => onChange({ ...one, match })}
          />
          <TextField
            label={text.value}
            quiet
            required
            placeholder="/delivery"
            value={one.value}
            onInput={(value) => onChange({ ...one, value })}
          />
        </>
      ) : (
        <TextField
          label={text.seconds}
          quiet
          required
          type="number"
          min={0}
          max={3600}
          value={String(one.seconds)}
          onInput={(typed) => onChange({ ...one, seconds: Math.max(0, Math.round(Number(typed)) || 0) })}
        />
      )}
      {onRemove && <IconButton icon="x" name={all.remove} onClick={onRemove} />}
    </div>
  );
}
