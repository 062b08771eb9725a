import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useApp } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { words } from '../locales/locale.ts';
import { SetUpDialog, TurnOffDialog } from './second-factor-dialogs.tsx';
import { Section } from './section.tsx';

interface SecondFactorState {
  on: boolean;
  recoveryCodes: number;
  /** Whether a site asks for it. */
  demanded: boolean;
}

/** From how many recovery codes on one is reminded that they run out. */
const FEW_CODES = 3;

/** One's own second factor: whether it is on, and the ways to turn it on and off. `onChanged`: other sign-ins ended. */
export function SecondFactor(props: { onChanged(): void }): VNode | null {
  const app = useApp();
  const state = useSignal<SecondFactorState | null>(null);
  const asked = useSignal<'set-up' | 'off' | null>(null);
  const { secondFactor: text } = words.value.settings;
  const load = () =>
    app.api
      .get<SecondFactorState>('/me/second-factor')
      .then((answer) => {
        state.value = answer;
      })
      .catch(() => {});
  useEffect(() => void load(), []);
  const changed = () => {
    load();
    props.onChanged();
  };
  const close = () => {
    asked.value = null;
  };

  if (!state.value) return null;
  const { on, recoveryCodes, demanded } = state.value;
  return (
    <Section title={text.title} lead={text.lead}>
      <p class="factor-state">
        <span class={`tag ${on ? 'tag-on' : ''}`}>{on ? text.on : text.off}</span>
        {on && <span>{text.left(recoveryCodes)}</span>}
      </p>
      {on && recoveryCodes < FEW_CODES && <p class="field-hint">{demanded ? text.fewDemanded : text.few}</p>}
      {on && demanded && <p class="field-hint">{text.stays}</p>}
      <div>
        {on && demanded ? null : on ? (
          <Button onClick={() => (asked.value = 'off')}>{text.turnOff}</Button>
        ) : (
          <Button icon="key" onClick={() => (asked.value = 'set-up')}>
            {text.setUp}
          </Button>
        )}
      </div>
      {asked.value === 'set-up' && <SetUpDialog onChanged={changed} onClose={close} />}
      {asked.value === 'off' && <TurnOffDialog onChanged={changed} onClose={close} />}
    </Section>
  );
}
