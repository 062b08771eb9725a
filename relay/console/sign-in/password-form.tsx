import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { ApiError } from '../api.ts';
import { useApp } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { errorWords } from '../base/error-words.ts';
import { TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';

interface Problem {
  field: 'current' | 'next' | 'form';
  says: string;
}

/** What went wrong, at the field that it is about. */
function problemOf(error: unknown): Problem {
  const { settings, choose } = words.peek();
  const { account } = settings;
  const known = error instanceof ApiError ? error : undefined;
  if (known?.field === 'current') return { field: 'current', says: account.wrong };
  if (known?.field === 'next') return { field: 'next', says: known.code === 'conflict' ? choose.same : account.weak };
  return { field: 'form', says: errorWords(error) };
}

/** Another password instead of the present one, which is asked for unless it is known. */
export function PasswordForm(props: {
  known?: string | null;
  currentLabel: string;
  hint: string;
  submit: string;
  primary?: boolean;
  onSend(current: string, next: string): Promise<void>;
  /** What stands around the button. */
  children(button: VNode): ComponentChildren;
}): VNode {
  const app = useApp();
  const current = useSignal('');
  const next = useSignal('');
  const busy = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const { account } = words.value.settings;
  const isKnown = typeof props.known === 'string' && problem.value?.field !== 'current';
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    try {
      await props.onSend(isKnown ? (props.known ?? '') : current.value, next.value);
      [current.value, next.value, problem.value] = ['', '', null];
    } catch (error) {
      problem.value = problemOf(error);
    }
    busy.value = false;
  };
  const wrong = (field: Problem['field']) => (problem.value?.field === field ? problem.value.says : undefined);
  return (
    <form class="dialog-form" onSubmit={submit}>
      {/* Password managers learn by it whose password this is. */}
      <input type="email" autoComplete="username" value={app.me.value?.operator.email} readOnly hidden />
      {!isKnown && (
        <TextField
          label={props.currentLabel}
          type="password"
          autoComplete="current-password"
          required
          value={current.value}
          error={wrong('current')}
          onInput={(typed) => {
            current.value = typed;
          }}
        />
      )}
      <TextField
        label={account.next}
        type="password"
        autoComplete="new-password"
        required
        hint={props.hint}
        value={next.value}
        error={wrong('next')}
        onInput={(typed) => {
          next.value = typed;
        }}
      />
      {wrong('form') && (
        <p class="field-error" role="alert">
          {wrong('form')}
        </p>
      )}
      {props.children(
        <Button kind={props.primary ? 'primary' : 'plain'} type="submit" disabled={busy.value}>
          {props.submit}
        </Button>,
      )}
    </form>
  );
}
