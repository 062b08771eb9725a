import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { FormDialog } from './form-dialog.tsx';

export function AddOperatorDialog(props: {
  onClose(): void;
  onSave(made: { name: string; email: string; password: string }): Promise<string>;
}): VNode {
  const made = useSignal({ name: '', email: '', password: '' });
  const { operators: text, add } = words.value.settings;
  const change = (part: Partial<typeof made.value>) => {
    made.value = { ...made.value, ...part };
  };
  return (
    <FormDialog title={text.add} confirm={add} onClose={props.onClose} onSave={() => props.onSave(made.value)}>
      <TextField
        label={text.name}
        required
        maxLength={100}
        value={made.value.name}
        onInput={(name) => change({ name })}
      />
      <TextField
        label={text.email}
        type="email"
        required
        value={made.value.email}
        onInput={(email) => change({ email })}
      />
      <TextField
        label={text.password}
        required
        autoComplete="new-password"
        hint={text.passwordHint}
        value={made.value.password}
        onInput={(password) => change({ password })}
      />
    </FormDialog>
  );
}

export function RenameDialog(props: { name: string; onClose(): void; onSave(name: string): Promise<string> }): VNode {
  const name = useSignal(props.name);
  const { operators: text, save } = words.value.settings;
  return (
    <FormDialog title={text.rename} confirm={save} onClose={props.onClose} onSave={() => props.onSave(name.value)}>
      <TextField
        label={text.name}
        required
        maxLength={100}
        value={name.value}
        onInput={(typed) => {
          name.value = typed;
        }}
      />
    </FormDialog>
  );
}

export function PasswordDialog(props: { onClose(): void; onSave(password: string): Promise<string> }): VNode {
  const password = useSignal('');
  const { operators: text, save } = words.value.settings;
  return (
    <FormDialog
      title={text.setPassword}
      hint={text.setPasswordHint}
      confirm={save}
      onClose={props.onClose}
      onSave={() => props.onSave(password.value)}
    >
      <TextField
        label={text.newPassword}
        required
        autoComplete="new-password"
        hint={text.passwordHint}
        value={password.value}
        onInput={(typed) => {
          password.value = typed;
        }}
      />
    </FormDialog>
  );
}

export function ResetFactorDialog(props: { name: string; onClose(): void; onReset(): Promise<string> }): VNode {
  const { operators: text, secondFactor } = words.value.settings;
  return (
    <FormDialog
      title={text.confirmReset(props.name)}
      hint={text.confirmResetHint}
      confirm={secondFactor.turnOff}
      danger
      onClose={props.onClose}
      onSave={props.onReset}
    />
  );
}

export function DeleteOperatorDialog(props: { name: string; onClose(): void; onDelete(): Promise<string> }): VNode {
  const { operators: text, delete: label } = words.value.settings;
  return (
    <FormDialog
      title={text.confirmDelete(props.name)}
      hint={text.confirmDeleteHint}
      confirm={label}
      danger
      onClose={props.onClose}
      onSave={props.onDelete}
    />
  );
}
