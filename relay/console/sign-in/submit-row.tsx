import type { ReadonlySignal } from '@preact/signals';
import type { VNode } from 'preact';
import { Button } from '../base/button.tsx';
import { words } from '../locales/locale.ts';

/** The end of either step: what went wrong, and the button that goes on. */
export function SubmitRow(props: { problem: ReadonlySignal<string>; busy: ReadonlySignal<boolean> }): VNode {
  const { problem, busy } = props;
  const { signIn } = words.value;
  return (
    <>
      {problem.value && (
        <p class="sign-in-problem" role="alert">
          {problem.value}
        </p>
      )}
      <Button kind="primary" type="submit" disabled={busy.value}>
        {busy.value ? signIn.busy : signIn.submit}
      </Button>
    </>
  );
}
