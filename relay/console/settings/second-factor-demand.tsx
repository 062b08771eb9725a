import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useApp, useDesk } from '../app/context.ts';
import { errorWords } from '../base/error-words.ts';
import { Switch } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { pathOf } from '../router.ts';
import { Section } from './section.tsx';

interface Demand {
  demanded: boolean;
  /** Ids of operators who have none yet. */
  without: string[];
}

/** Whether everybody has to have a second factor, and who has none; for the owner. */
export function SecondFactorDemand(): VNode | null {
  const app = useApp();
  const desk = useDesk();
  const state = useSignal<Demand | null>(null);
  const { demand: text } = words.value.settings;
  useEffect(() => {
    desk.api.get<Demand>('/second-factor').then(
      (answer) => {
        state.value = answer;
      },
      () => {},
    );
  }, [desk.operators.value]);
  const set = async (demanded: boolean) => {
    try {
      state.value = await desk.api.send<Demand>('PUT', '/second-factor', { demanded });
      app.toasts.show({ text: demanded ? text.isOn : text.isOff });
    } catch (error) {
      app.toasts.show({ text: errorWords(error), tone: 'problem' });
    }
  };

  if (!state.value) return null;
  const { demanded, without } = state.value;
  const account = { name: 'settings', site: desk.site, page: 'account', item: null } as const;
  const lacksOwn = without.includes(desk.me.id);
  const names = desk.operators.value.filter(({ id }) => without.includes(id)).map(({ name }) => name);
  return (
    <Section title={text.title} lead={text.lead}>
      <Switch label={text.label} hint={text.hint} checked={demanded} disabled={!demanded && lacksOwn} onChange={set} />
      {!demanded && lacksOwn && (
        <p class="field-hint">
          <a
            href={pathOf(account)}
            onClick={(event) => {
              event.preventDefault();
              app.router.go(account);
            }}
          >
            {text.ownFirst}
          </a>
        </p>
      )}
      <p class="field-hint">{names.length > 0 ? text.without(names.join(', ')) : text.everybody}</p>
    </Section>
  );
}
