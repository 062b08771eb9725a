import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useApp } from '../app/context.ts';
import { errorWords } from '../base/error-words.ts';
import { TextField } from '../base/field.tsx';
import { language, setLanguage, words } from '../locales/locale.ts';
import { SecondStep } from './second-step.tsx';
import { SubmitRow } from './submit-row.tsx';

/** The mark of the product: a bell on the desk. */
export function Mark(): VNode {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" />
      <path d="M7 21a9 9 0 0 1 18 0M5 24h22M16 12V9" />
    </svg>
  );
}

/** Where an operator signs in. */
export function SignIn(): VNode {
  const app = useApp();
  const email = useSignal('');
  const password = useSignal('');
  const shown = useSignal(false);
  const busy = useSignal(false);
  const problem = useSignal('');
  const ticket = useSignal<string | null>(null);
  const { signIn, shell } = words.value;

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
    <main class="sign-in">
      <div class="sign-in-card">
        <Mark />
        <h1 id="sign-in-title">{signIn.title}</h1>
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
      </div>
      <nav class="sign-in-foot" aria-label={shell.language}>
        {(['en', 'ru'] as const).map((code) => (
          <button
            key={code}
            type="button"
            class="link"
            lang={code}
            aria-pressed={language.value === code}
            onClick={() => setLanguage(app.storage, code)}
          >
            {code === 'en' ? 'English' : 'Русский'}
          </button>
        ))}
      </nav>
    </main>
  );
}
