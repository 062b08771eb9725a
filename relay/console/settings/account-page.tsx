import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { Me } from '../app/app-model.ts';
import { useApp, useDesk } from '../app/context.ts';
import { errorWords } from '../base/error-words.ts';
import { TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { PasswordForm } from '../sign-in/password-form.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Section } from './section.tsx';
import { SignIns } from './sign-ins.tsx';

/** One's own name, password and sign-ins. */
export function AccountPage(): VNode {
  const app = useApp();
  const desk = useDesk();
  const { settings: all } = words.value;
  const { account: text } = all;
  const me = app.me.value?.operator;
  /** Counts what ends other sign-ins, so that their list is loaded anew. */
  const sessionsAt = useSignal(0);

  const rename = async (name: string, undoable = true): Promise<void> => {
    const before = me?.name ?? '';
    try {
      app.setMe(await app.api.send<Me>('PATCH', '/me', { name: name.trim() }));
      await desk.loadOperators();
      app.toasts.show(
        undoable
          ? { text: all.saved, action: { label: all.undo, run: () => rename(before, false) } }
          : { text: all.undone },
      );
    } catch (error) {
      app.toasts.show({ text: errorWords(error), tone: 'problem' });
    }
  };
  return (
    <>
      <Section title={text.name}>
        <TextField
          label={text.name}
          maxLength={100}
          value={me?.name ?? ''}
          onSave={(name) => name.trim() !== '' && rename(name)}
        />
        <p class="field-hint">
          {text.email}: {me?.email}
        </p>
      </Section>
      <Section title={text.password}>
        <ChangePassword />
      </Section>
      <SecondFactor onChanged={() => sessionsAt.value++} />
      <SignIns key={sessionsAt.value} />
    </>
  );
}

function ChangePassword(): VNode {
  const app = useApp();
  const { account: text } = words.value.settings;
  return (
    <PasswordForm
      currentLabel={text.current}
      hint={text.nextHint}
      submit={text.change}
      onSend={async (current, next) => {
        await app.choosePassword(current, next);
        app.toasts.show({ text: text.changed });
      }}
    >
      {(button) => <div>{button}</div>}
    </PasswordForm>
  );
}
