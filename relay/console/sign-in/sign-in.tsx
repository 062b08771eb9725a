import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useApp } from '../app/context.ts';
import { errorWords } from '../base/error-words.ts';
import { TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { SecondStep } from './second-step.tsx';
import { SignInCard } from './sign-in-card.tsx';
import { SubmitRow } from './submit-row.tsx';

/** Where an operator signs in. */
export function SignIn(): VNode {
  const app = useApp();
  const email = useSignal('');
  const password = useSignal('');
  const shown = useSignal(false);
  const busy = useSignal(false);
  const problem = useSignal('');
  const ticket = useSignal<string | null>(null);
  const { signIn } = words.value;

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    problem.value = '';
    try {
      ticket.value = await app.signIn(email.value, password.value);
      if (ticket.value !== null) password.value = '';
    } catch (error) {
      problem.value = errorWords(error);
    }
    busy.value = false;
  };

  const passwordStep = (
    <form class="sign-in-fields" onSubmit={submit} aria-labelledby="sign-in-title">
      <p class="sign-in-lead">{app.ended.value ? signIn.ended : signIn.lead}</p>
      <TextField
        label={signIn.email}
        type="email"
        autoComplete="username"
        required
        value={email.value}
        onInput={(value) => {
          email.value = value;
        }}
      />
      <TextField
        label={signIn.password}
        type={shown.value ? 'text' : 'password'}
        autoComplete="current-password"
        required
        value={password.value}
        onInput={(value) => {
          password.value = value;
        }}
      />
      <button
        type="button"
        class="link sign-in-show"
        onClick={() => {
          shown.value = !shown.value;
        }}
      >
        {shown.value ? signIn.hide : signIn.show}
      </button>
      <SubmitRow problem={problem} busy={busy} />
    </form>
  );
  return (
    <SignInCard title={signIn.title}>
      {ticket.value === null ? (
        passwordStep
      ) : (
        <SecondStep
          ticket={ticket.value}
          onBack={(why) => {
            problem.value = why;
            ticket.value = null;
          }}
        />
      )}
    </SignInCard>
  );
}
