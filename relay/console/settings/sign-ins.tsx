import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { useApp } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { errorWords } from '../base/error-words.ts';
import { TextField } from '../base/field.tsx';
import { language, words } from '../locales/locale.ts';
import { fullTime } from '../locales/time-words.ts';
import { FormDialog } from './form-dialog.tsx';
import { Section } from './section.tsx';

interface SignIn {
  id: string;
  current: boolean;
  lastSeenAt: string;
  ip: string;
  userAgent: string;
}

/** One's own sign-ins, and the ways to end the others. */
export function SignIns(): VNode | null {
  const app = useApp();
  const sessions = useSignal<readonly SignIn[]>([]);
  /** What is about to be ended: one, or all others. */
  const asked = useSignal<SignIn | 'others' | null>(null);
  const password = useSignal('');
  const { account: text } = words.value.settings;
  useEffect(() => {
    app.api
      .get<{ sessions: SignIn[] }>('/me/sessions')
      .then((answer) => {
        sessions.value = answer.sessions;
      })
      .catch(() => {});
  }, []);
  const close = () => {
    [asked.value, password.value] = [null, ''];
  };
  const end = async (): Promise<string> => {
    const id = asked.value === 'others' ? undefined : asked.value?.id;
    try {
      const body = { password: password.value, id };
      sessions.value = (await app.api.send<{ sessions: SignIn[] }>('POST', '/me/sessions/end', body)).sessions;
      close();
      return '';
    } catch (error) {
      return error instanceof ApiError && error.field === 'password' ? text.wrong : errorWords(error);
    }
  };
  if (sessions.value.length === 0) return null;
  const others = sessions.value.filter(({ current }) => !current).length;
  return (
    <Section title={text.sessions}>
      <ul class="items">
        {sessions.value.map((session) => (
          <li key={session.id} class="item">
            <span class="item-main">
              <span>
                {session.ip}
                {session.current && <span class="tag">{text.thisOne}</span>}
              </span>
              <span class="item-aside">
                {text.lastSeen(fullTime(language.value, Date.parse(session.lastSeenAt)))} ·{' '}
                {session.userAgent.slice(0, 90)}
              </span>
            </span>
            {!session.current && <Button onClick={() => (asked.value = session)}>{text.end}</Button>}
          </li>
        ))}
      </ul>
      {others > 1 && (
        <div>
          <Button onClick={() => (asked.value = 'others')}>{text.endOthers}</Button>
        </div>
      )}
      {asked.value && (
        <FormDialog
          title={asked.value === 'others' ? text.endOthersTitle : text.endTitle}
          hint={text.endHint}
          confirm={text.end}
          danger
          onClose={close}
          onSave={end}
        >
          <TextField
            label={text.current}
            type="password"
            autoComplete="current-password"
            required
            value={password.value}
            onInput={(typed) => {
              password.value = typed;
            }}
          />
        </FormDialog>
      )}
    </Section>
  );
}
