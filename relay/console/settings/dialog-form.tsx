import { useSignal } from '@preact/signals';
import type { ComponentChildren, Ref, VNode } from 'preact';
import { Button } from '../base/button.tsx';
import { words } from '../locales/locale.ts';

/** Fields that are sent together: what was wrong with them as a whole below, then the buttons. */
export function DialogForm(props: {
  form?: Ref<HTMLFormElement>;
  confirm: string;
  cancel?: string | undefined;
  danger?: boolean | undefined;
  problem: string | undefined;
  onClose(): void;
  onSubmit(): Promise<void>;
  children?: ComponentChildren;
}): VNode {
  const busy = useSignal(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    await props.onSubmit();
    busy.value = false;
  };
  return (
    <form {...(props.form && { ref: props.form })} class="dialog-form" onSubmit={submit}>
      {props.children}
      {props.problem && (
        <p class="field-error" role="alert">
          {props.problem}
        </p>
      )}
      <div class="dialog-foot">
        <Button kind="quiet" onClick={props.onClose}>
          {props.cancel ?? words.value.shell.cancel}
        </Button>
        <Button kind={props.danger ? 'danger' : 'primary'} type="submit" disabled={busy.value}>
          {props.confirm}
        </Button>
      </div>
    </form>
  );
}
