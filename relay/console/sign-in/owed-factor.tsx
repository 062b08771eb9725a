import type { ComponentChildren, VNode } from 'preact';
import { useApp } from '../app/context.ts';
import { Broken } from '../base/boundary.tsx';
import { usePart } from '../base/use-part.ts';
import { words } from '../locales/locale.ts';
import { SignInCard } from './sign-in-card.tsx';

/** After a sign-in at a site that asks for a second factor: it is set up, and one is in. What it takes comes when it is needed. */
export function OwedFactor(): VNode {
  const app = useApp();
  const part = usePart(() => import('../settings/set-up-steps.tsx'));
  const { owedFactor, shell } = words.value;
  const frame = (title: string, content: ComponentChildren) => <SignInCard title={title}>{content}</SignInCard>;
  if (part === 'gone') return frame(owedFactor.title, <Broken />);
  if (!part) return frame(owedFactor.title, <p class="sign-in-lead">{owedFactor.lead}</p>);
  return (
    <part.SetUpSteps
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
