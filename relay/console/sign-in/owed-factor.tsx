import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useApp } from '../app/context.ts';
import { words } from '../locales/locale.ts';
import { SignInCard } from './sign-in-card.tsx';

/** After a sign-in at a site that asks for a second factor: it is set up, and one is in. What it takes comes when it is needed. */
export function OwedFactor(): VNode {
  const app = useApp();
  const loaded = useSignal<typeof import('../settings/set-up-steps.tsx') | null>(null);
  const { owedFactor, shell } = words.value;
  useEffect(() => {
    import('../settings/set-up-steps.tsx').then((part) => {
      loaded.value = part;
    });
  }, []);
  const frame = (title: string, content: ComponentChildren) => <SignInCard title={title}>{content}</SignInCard>;
  if (!loaded.value) return frame(owedFactor.title, <p class="sign-in-lead">{owedFactor.lead}</p>);
  return (
    <loaded.value.SetUpSteps
      frame={frame}
      title={owedFactor.title}
      lead={owedFactor.lead}
      password={app.typed.value}
      cancel={shell.signOut}
      onCancel={() => app.signOut()}
      onDone={() => app.lookAgain().catch(() => {})}
    />
  );
}
