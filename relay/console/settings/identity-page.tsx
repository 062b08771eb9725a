import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useApp, useDesk } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { errorWords } from '../base/error-words.ts';
import { TextField } from '../base/field.tsx';
import { language, words } from '../locales/locale.ts';
import { fullTime } from '../locales/time-words.ts';
import { Section, useSite } from './section.tsx';

interface Key {
  id: string;
  kid: string;
  algorithm: string;
  createdAt: string;
  retiredAt: string | null;
}

/** Keys that the site's server signs the identity of its visitors with. */
export function IdentityPage(): VNode {
  const app = useApp();
  const desk = useDesk();
  const { site } = useSite();
  const { settings } = words.value;
  const { identity: text } = settings;
  const keys = useSignal<Key[]>([]);
  const made = useSignal<{ kid: string; secret: string } | null>(null);
  const typed = useSignal('');
  const bad = useSignal(false);
  const isOwner = site.role === 'owner';

  const take = (answer: { keys: Key[] }) => {
    keys.value = answer.keys;
  };
  const load = () => desk.api.get<{ keys: Key[] }>('/identity-keys').then(take);
  const failed = (error: unknown) => app.toasts.show({ text: errorWords(error) });
  useEffect(() => {
    if (isOwner) load().catch(failed);
  }, [isOwner]);
  const add = async (publicKey?: string) => {
    try {
      const key = await desk.api.send<Key & { secret?: string }>('POST', '/identity-keys', {
        ...(publicKey === undefined ? { kind: 'secret' } : { kind: 'public', publicKey }),
      });
      made.value = key.secret === undefined ? null : { kid: key.kid, secret: key.secret };
      typed.value = '';
      bad.value = false;
      app.toasts.show({ text: text.added });
      await load();
    } catch (error) {
      if (publicKey !== undefined) bad.value = true;
      else failed(error);
    }
  };
  const retire = (id: string) =>
    desk.api.send<{ keys: Key[] }>('DELETE', `/identity-keys/${id}`).then((answer) => {
      take(answer);
      app.toasts.show({ text: text.retiredNow });
    }, failed);

  return (
    <>
      <Section title={text.keys}>
        {keys.value.length === 0 && <p class="field-hint">{text.none}</p>}
        <ul class="items">
          {keys.value.map(({ id, kid, algorithm, createdAt, retiredAt }) => (
            <li key={id} class={`item ${retiredAt === null ? '' : 'item-gone'}`}>
              <span class="item-main">
                <span class="mono">{kid}</span>
                <small>
                  {algorithm} · {fullTime(language.value, Date.parse(createdAt))}
                  {retiredAt !== null && ` · ${text.retired}`}
                </small>
              </span>
              {retiredAt === null && <Button onClick={() => retire(id)}>{text.retire}</Button>}
            </li>
          ))}
        </ul>
        <Button icon="plus" onClick={() => add()}>
          {text.make}
        </Button>
        {made.value && (
          <div role="status">
            <p class="field-hint">{text.secretOnce}</p>
            <pre class="code">{`kid: ${made.value.kid}\n${text.secret}: ${made.value.secret}`}</pre>
          </div>
        )}
      </Section>
      <Section title={text.publicKey} lead={text.publicKeyHint}>
        <TextField
          label={text.publicKey}
          quiet
          mono
          rows={4}
          placeholder="-----BEGIN PUBLIC KEY-----"
          value={typed.value}
          error={bad.value ? text.publicKeyBad : undefined}
          onInput={(value) => {
            typed.value = value;
          }}
        />
        <Button onClick={() => typed.value.trim() && add(typed.value.trim())}>{text.addKey}</Button>
      </Section>
    </>
  );
}
