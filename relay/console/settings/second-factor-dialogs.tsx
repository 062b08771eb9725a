import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useApp } from '../app/context.ts';
import { Dialog } from '../base/dialog.tsx';
import { TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { type FactorProblem, FactorStep, problemOf } from './factor-step.tsx';
import { SetUpSteps } from './set-up-steps.tsx';

/** Setting it up by one's own wish. */
export function SetUpDialog(props: { onChanged(): void; onClose(): void }): VNode {
  const { secondFactor: text } = words.value.settings;
  return (
    <SetUpSteps
      frame={(title, content) => (
        <Dialog title={title} onClose={props.onClose}>
          {content}
        </Dialog>
      )}
      title={text.setUpTitle}
      lead={text.setUpHint}
      onChanged={props.onChanged}
      onCancel={props.onClose}
      onDone={props.onClose}
    />
  );
}

/** Turning it off takes the password and a code. */
export function TurnOffDialog(props: { onChanged(): void; onClose(): void }): VNode {
  const app = useApp();
  const typed = useSignal({ password: '', code: '' });
  const problem = useSignal<FactorProblem | null>(null);
  const { secondFactor: text, account } = words.value.settings;
  const wrong = (field: FactorProblem['field']) => (problem.value?.field === field ? problem.value.says : undefined);
  const turnOff = async () => {
    problem.value = null;
    try {
      await app.api.send('POST', '/me/second-factor/off', typed.value);
      app.toasts.show({ text: text.turnedOff });
      props.onChanged();
      props.onClose();
    } catch (error) {
      problem.value = problemOf(error);
    }
  };
  return (
    <Dialog title={text.turnOffTitle} onClose={props.onClose}>
      <FactorStep confirm={text.turnOff} danger problem={problem.value} onClose={props.onClose} onSubmit={turnOff}>
        <p class="field-hint">{text.turnOffHint}</p>
        <TextField
          label={account.current}
          type="password"
          autoComplete="current-password"
          required
          value={typed.value.password}
          error={wrong('password')}
          onInput={(password) => {
            typed.value = { ...typed.value, password };
          }}
        />
        <TextField
          label={text.codeOrRecovery}
          autoComplete="one-time-code"
          mono
          required
          maxLength={100}
          value={typed.value.code}
          error={wrong('code')}
          onInput={(code) => {
            typed.value = { ...typed.value, code };
          }}
        />
      </FactorStep>
    </Dialog>
  );
}
