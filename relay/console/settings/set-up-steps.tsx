import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useApp } from '../app/context.ts';
import { TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { type FactorProblem, FactorStep, problemOf } from './factor-step.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/**
 * The three steps of setting the second factor up: password, unless it is known already, code of the app, recovery codes.
 * `frame` puts what stands around each of them.
 */
export function SetUpSteps(props: {
  frame(title: string, content: ComponentChildren): VNode;
  title: string;
  lead: string;
  password?: string | null;
  cancel?: string;
  onChanged?(): void;
  onCancel(): void;
  onDone(): void;
}): VNode {
  const app = useApp();
  const password = useSignal(props.password ?? '');
  const code = useSignal('');
  /** Nothing is to be typed while the known password is tried. */
  const trying = useSignal(password.value !== '');
  const made = useSignal<{ secret: string; address: string } | null>(null);
  const recovery = useSignal<readonly string[] | null>(null);
  const problem = useSignal<FactorProblem | null>(null);
  const { secondFactor: text, account } = words.value.settings;
  const wrong = (field: FactorProblem['field']) => (problem.value?.field === field ? problem.value.says : undefined);
  const attempt = async (work: () => Promise<void>) => {
    problem.value = null;
    try {
      await work();
    } catch (error) {
      problem.value = problemOf(error);
    }
  };
  const begin = () =>
    attempt(async () => {
      made.value = await app.api.send('POST', '/me/second-factor', { password: password.value });
      password.value = '';
    });
  const confirm = () =>
    attempt(async () => {
      const answer = await app.api.send<{ recoveryCodes: string[] }>('POST', '/me/second-factor/confirm', {
        code: code.value,
      });
      recovery.value = answer.recoveryCodes;
      props.onChanged?.();
    });
  useEffect(() => {
    if (trying.value)
      begin().then(() => {
        trying.value = false;
      });
  }, []);

  const step = { problem: problem.value, onClose: props.onCancel, ...(props.cancel && { cancel: props.cancel }) };
  const lead = <p class="field-hint">{props.lead}</p>;
  if (recovery.value)
    return props.frame(text.codesTitle, <RecoveryCodes codes={recovery.value} onDone={props.onDone} />);
  if (trying.value && !made.value) return props.frame(props.title, lead);
  if (!made.value)
    return props.frame(
      props.title,
      <FactorStep key="password" confirm={text.next} {...step} onSubmit={begin}>
        {lead}
        <TextField
          label={account.current}
          type="password"
          autoComplete="current-password"
          required
          value={password.value}
          error={wrong('password')}
          onInput={(typed) => {
            password.value = typed;
          }}
        />
      </FactorStep>,
    );
  const { secret, address } = made.value;
  return props.frame(
    props.title,
    <FactorStep key="code" confirm={text.turnOn} {...step} onSubmit={confirm}>
      {props.password ? lead : null}
      <p class="field-hint">{text.scan}</p>
      <QrCode text={address} label={text.qrLabel} />
      <div class="field">
        <p class="field-hint">{text.byHand}</p>
        <p class="code factor-secret">{(secret.match(/.{4}/g) ?? []).join(' ')}</p>
      </div>
      <TextField
        label={text.code}
        autoComplete="one-time-code"
        mono
        required
        maxLength={20}
        hint={text.codeHint}
        value={code.value}
        error={wrong('code')}
        onInput={(typed) => {
          code.value = typed;
        }}
      />
    </FactorStep>,
  );
}
