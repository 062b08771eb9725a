import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { Button } from '../base/button.tsx';
import { errorWords } from '../base/error-words.ts';
import { words } from '../locales/locale.ts';

/** What went wrong, and where. */
export interface FactorProblem {
  field: 'password' | 'code' | 'form';
  says: string;
}

/** What went wrong, at the field that it is about. */
export function problemOf(error: unknown): FactorProblem {
  const { secondFactor: text, account } = words.peek().settings;
  const field = error instanceof ApiError && error.code === 'bad-credentials' ? error.field : undefined;
  if (field === 'password') return { field, says: account.wrong };
  if (field === 'code') return { field, says: text.wrongCode };
  if (error instanceof ApiError && error.code === 'not-found') return { field: 'form', says: text.tooLate };
  if (error instanceof ApiError && error.code === 'conflict' && error.field === 'code')
    return { field: 'code', says: text.lostKey };
  return { field: 'form', says: errorWords(error) };
}

/** One step: its fields, what was wrong, and the buttons. */
export function FactorStep(props: {
  confirm: string;
  cancel?: string;
  danger?: boolean;
  problem: FactorProblem | null;
  onClose(): void;
  onSubmit(): Promise<void>;
  children: ComponentChildren;
}): VNode {
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    await props.onSubmit();
    busy.value = false;
  };
  return (
    <form ref={form} class="dialog-form" onSubmit={submit}>
      {props.children}
      {props.problem?.field === 'form' && (
        <p class="field-error" role="alert">
          {props.problem.says}
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
