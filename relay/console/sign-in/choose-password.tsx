import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useApp } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { words } from '../locales/locale.ts';
import { PasswordForm } from './password-form.tsx';
import { SignInCard } from './sign-in-card.tsx';

/** After a sign-in with a password that somebody else knows: one of one's own, and one is in. */
export function ChoosePassword(): VNode {
  const app = useApp();
  const { choose, shell } = words.value;
  useEffect(() => document.querySelector<HTMLInputElement>('.sign-in-card input[type=password]')?.focus(), []);
  return (
    <SignInCard title={choose.title}>
      <p class="sign-in-lead">{choose.lead}</p>
      <PasswordForm
        known={app.typed.value}
        currentLabel={choose.first}
        hint={choose.hint}
        submit={choose.submit}
        primary
        onSend={app.choosePassword}
      >
        {(button) => (
          <>
            {button}
            <Button kind="quiet" onClick={() => app.signOut()}>
              {shell.signOut}
            </Button>
          </>
        )}
      </PasswordForm>
    </SignInCard>
  );
}
