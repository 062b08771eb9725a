import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { Button } from '../base/button.tsx';
import { Dialog } from '../base/dialog.tsx';
import { words } from '../locales/locale.ts';

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
  const busy = useSignal(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    problem.value = await props.onSave();
    busy.value = false;
  };
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form class="dialog-form" onSubmit={submit}>
        {props.hint && <p class="field-hint">{props.hint}</p>}
        {props.children}
        {problem.value && (
          <p class="field-error" role="alert">
            {problem.value}
          </p>
        )}
        <div class="dialog-foot">
          <Button kind="quiet" onClick={props.onClose}>
            {words.value.shell.cancel}
          </Button>
          <Button kind={props.danger ? 'danger' : 'primary'} type="submit" disabled={busy.value}>
            {props.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
