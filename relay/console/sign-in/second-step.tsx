import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { useApp } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { errorWords } from '../base/error-words.ts';
import { TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { SubmitRow } from './submit-row.tsx';

/** After the right password: the code of the second factor. `onBack` says why when it was not the operator's wish. */
export function SecondStep(props: { ticket: string; onBack(problem: string): void }): VNode {
  const app = useApp();
  const form = useRef<HTMLFormElement>(null);
  const code = useSignal('');
  const recovery = useSignal(false);
  const busy = useSignal(false);
  const problem = useSignal('');
  const { signIn } = words.value;
  useEffect(() => form.current?.querySelector('input')?.focus(), [recovery.value]);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    problem.value = '';
    try {
      await app.giveCode(props.ticket, code.value);
    } catch (error) {
      const field = error instanceof ApiError ? error.field : undefined;
      if (field === 'ticket') return props.onBack(signIn.tooLate);
      if (field !== 'code') problem.value = errorWords(error);
      else problem.value = (error as ApiError).code === 'conflict' ? signIn.lostKey : signIn.wrongCode;
    }
    busy.value = false;
  };

  return (
    <form ref={form} class="sign-in-fields" onSubmit={submit} aria-labelledby="sign-in-title">
      <p class="sign-in-lead">{recovery.value ? signIn.recoveryLead : signIn.codeLead}</p>
      <TextField
        key={String(recovery.value)}
        label={recovery.value ? signIn.recoveryCode : signIn.code}
        autoComplete="one-time-code"
        numeric={!recovery.value}
        mono
        required
        maxLength={100}
        value={code.value}
        onInput={(value) => {
          code.value = value;
        }}
      />
      <button
        type="button"
        class="link sign-in-show"
        onClick={() => {
          recovery.value = !recovery.value;
          code.value = '';
          problem.value = '';
        }}
      >
        {recovery.value ? signIn.useCode : signIn.useRecovery}
      </button>
      <SubmitRow problem={problem} busy={busy} />
      <Button kind="quiet" onClick={() => props.onBack('')}>
        {signIn.back}
      </Button>
    </form>
  );
}
