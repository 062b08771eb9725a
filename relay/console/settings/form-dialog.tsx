import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { Dialog } from '../base/dialog.tsx';
import { DialogForm } from './dialog-form.tsx';

/** A dialog with a form that says what was wrong with what was sent. */
export function FormDialog(props: {
  title: string;
  hint?: string;
  confirm: string;
  danger?: boolean;
  onClose(): void;
  /** Answers with a sentence when it went wrong. */
  onSave(): Promise<string>;
  children?: ComponentChildren;
}): VNode {
  const problem = useSignal('');
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <DialogForm
        confirm={props.confirm}
        danger={props.danger}
        problem={problem.value}
        onClose={props.onClose}
        onSubmit={async () => {
          problem.value = await props.onSave();
        }}
      >
        {props.hint && <p class="field-hint">{props.hint}</p>}
        {props.children}
      </DialogForm>
    </Dialog>
  );
}
