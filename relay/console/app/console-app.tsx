import { effect } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { Boundary } from '../base/boundary.tsx';
import { Button } from '../base/button.tsx';
import { Late } from '../base/late.tsx';
import { State } from '../base/state.tsx';
import { ToastList } from '../base/toasts.tsx';
import { language, words } from '../locales/locale.ts';
import { Shell } from '../shell/shell.tsx';
import { ChoosePassword } from '../sign-in/choose-password.tsx';
import { OwedFactor } from '../sign-in/owed-factor.tsx';
import { SignIn } from '../sign-in/sign-in.tsx';
import { Mark } from '../sign-in/sign-in-card.tsx';
import type { App } from './app-model.ts';
import { AppContext, DeskContext } from './context.ts';

/** The whole page: signing in, or a site with its shell. */
export function ConsoleApp({ app }: { app: App }): VNode {
  useEffect(
    () =>
      effect(() => {
        document.documentElement.lang = language.value;
      }),
    [],
  );
  useEffect(() => {
    // Whoever has signed in, or done what was owed, in another tab need not do so here.
    const look = () => {
      const waits = app.phase.value === 'signed-out' || !!app.me.value?.owes;
      if (waits && document.visibilityState === 'visible') app.lookAgain().catch(() => {});
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [app]);
  return (
    <AppContext.Provider value={app}>
      <Boundary>
        <Screen app={app} />
      </Boundary>
      <ToastList toasts={app.toasts} />
    </AppContext.Provider>
  );
}

function Screen({ app }: { app: App }): VNode {
  const { shell, signIn } = words.value;
  const desk = app.desk.value;
  if (app.phase.value === 'signed-out') return <SignIn />;
  if (app.phase.value === 'failed')
    return (
      <main class="full-page">
        <State icon="warning" title={shell.failed} hint={words.value.errors.offline} alert>
          <Button kind="primary" icon="again" onClick={() => app.start()}>
            {shell.retry}
          </Button>
        </State>
      </main>
    );
  if (app.me.value?.owes === 'choose-password') return <ChoosePassword />;
  if (app.me.value?.owes === 'set-up-second-factor') return <OwedFactor />;
  if (app.me.value?.sites.length === 0)
    return (
      <main class="full-page">
        <State icon="user" title={app.me.value.operator.name} hint={signIn.noSites}>
          <Button icon="sign-out" onClick={() => app.signOut()}>
            {shell.signOut}
          </Button>
        </State>
      </main>
    );
  if (!desk)
    return (
      <main class="full-page" aria-busy="true">
        <Late>
          <span class="opening" role="status" aria-label={shell.loading}>
            <Mark />
          </span>
        </Late>
      </main>
    );
  return (
    <DeskContext.Provider value={desk}>
      <Shell key={desk.site} />
    </DeskContext.Provider>
  );
}
