import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { useApp } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { Dialog } from '../base/dialog.tsx';
import { errorWords } from '../base/error-words.ts';
import { TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

interface Problem {
  field: 'password' | 'code' | 'form';
  says: string;
}

/** What went wrong, at the field that it is about. */
function problemOf(error: unknown): Problem {
  const { secondFactor: text, account } = words.peek().settings;
  const field = error instanceof ApiError && error.code === 'bad-credentials' ? error.field : undefined;
  if (field === 'password') return { field, says: account.wrong };
  if (field === 'code') return { field, says: text.wrongCode };
  if (error instanceof ApiError && error.code === 'not-found') return { field: 'form', says: text.tooLate };
  if (error instanceof ApiError && error.code === 'conflict' && error.field === 'code')
    return { field: 'code', says: text.lostKey };
  return { field: 'form', says: errorWords(error) };
}

/** One step of a dialog: its fields, what was wrong, and the buttons. */
function Step(props: {
  confirm: string;
  danger?: boolean;
  problem: Problem | null;
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
          {words.value.shell.cancel}
        </Button>
        <Button kind={props.danger ? 'danger' : 'primary'} type="submit" disabled={busy.value}>
          {props.confirm}
        </Button>
      </div>
    </form>
  );
}

/** The three steps of setting it up: password, code of the app, recovery codes. */
export function SetUpDialog(props: { onChanged(): void; onClose(): void }): VNode {
  const app = useApp();
  const password = useSignal('');
  const code = useSignal('');
  const made = useSignal<{ secret: string; address: string } | null>(null);
  const recovery = useSignal<readonly string[] | null>(null);
  const problem = useSignal<Problem | null>(null);
  const { secondFactor: text, account } = words.value.settings;
  const wrong = (field: Problem['field']) => (problem.value?.field === field ? problem.value.says : undefined);
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
      props.onChanged();
    });

  if (recovery.value)
    return (
      <Dialog title={text.codesTitle} onClose={props.onClose}>
        <RecoveryCodes codes={recovery.value} onDone={props.onClose} />
      </Dialog>
    );
  if (!made.value)
    return (
      <Dialog title={text.setUpTitle} onClose={props.onClose}>
        <Step key="password" confirm={text.next} problem={problem.value} onClose={props.onClose} onSubmit={begin}>
          <p class="field-hint">{text.setUpHint}</p>
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
        </Step>
      </Dialog>
    );
  const { secret, address } = made.value;
  return (
    <Dialog title={text.setUpTitle} onClose={props.onClose}>
      <Step key="code" confirm={text.turnOn} problem={problem.value} onClose={props.onClose} onSubmit={confirm}>
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
      </Step>
    </Dialog>
  );
}

/** Turning it off takes the password and a code. */
export function TurnOffDialog(props: { onChanged(): void; onClose(): void }): VNode {
  const app = useApp();
  const typed = useSignal({ password: '', code: '' });
  const problem = useSignal<Problem | null>(null);
  const { secondFactor: text, account } = words.value.settings;
  const wrong = (field: Problem['field']) => (problem.value?.field === field ? problem.value.says : undefined);
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
      <Step confirm={text.turnOff} danger problem={problem.value} onClose={props.onClose} onSubmit={turnOff}>
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
      </Step>
    </Dialog>
  );
}
