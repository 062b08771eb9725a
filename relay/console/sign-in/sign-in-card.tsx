import type { ComponentChildren, VNode } from 'preact';
import { useApp } from '../app/context.ts';
import { language, setLanguage, words } from '../locales/locale.ts';

/** The mark of the product: a bell on the desk. */
export function Mark(): VNode {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" />
      <path d="M7 21a9 9 0 0 1 18 0M5 24h22M16 12V9" />
    </svg>
  );
}

/** The page of signing in, and of what comes right after it: one card under the mark, and the languages. */
export function SignInCard(props: { title: string; children: ComponentChildren }): VNode {
  const app = useApp();
  const { shell } = words.value;
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <Mark />
        <h1 id="sign-in-title">{props.title}</h1>
        {props.children}
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
