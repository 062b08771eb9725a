import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Trigger } from '../../protocol/entities.ts';
import type { TriggerInput } from '../../protocol/site-settings.ts';
import { useApp, useDesk } from '../app/context.ts';
import { Button, IconButton } from '../base/button.tsx';
import { errorWords } from '../base/error-words.ts';
import { Switch } from '../base/field.tsx';
import { SkeletonRows } from '../base/late.tsx';
import { State } from '../base/state.tsx';
import { language, words } from '../locales/locale.ts';
import { InvitationDialog } from './invitation-dialog.tsx';
import { Section } from './section.tsx';

const FRESH: TriggerInput = {
  name: '',
  enabled: true,
  conditions: [{ type: 'time-on-page', seconds: 30 }],
  text: {},
  show: 'bubble',
  position: 0,
};
const inputOf = ({ name, enabled, conditions, text, show, position }: Trigger): TriggerInput => ({
  ...{ name, enabled, conditions, text, show, position },
});

/** Invitations: rules by which the widget speaks first. */
export function InvitationsPage(): VNode {
  const app = useApp();
  const desk = useDesk();
  const triggers = useSignal<readonly Trigger[] | null>(null);
  const edited = useSignal<{ id: string | null; input: TriggerInput } | null>(null);
  const { settings: all, pages } = words.value;
  const { invitations: text } = all;

  const load = async () => {
    triggers.value = (await desk.api.get<{ triggers: Trigger[] }>('/triggers')).triggers;
  };
  useEffect(() => {
    load().catch(() => {});
    return desk.on('edited', (what) => {
      if (what === 'triggers') load().catch(() => {});
    });
  }, [desk]);

  const put = (id: string, input: TriggerInput) => desk.api.send('PUT', `/triggers/${id}`, input);
  const attempt = async (work: () => Promise<unknown>, undo?: () => Promise<unknown>, said = all.saved) => {
    try {
      await work();
      await load();
      app.toasts.show({
        text: said,
        ...(undo && { action: { label: all.undo, run: () => attempt(undo, undefined, all.undone) } }),
      });
      return true;
    } catch (error) {
      app.toasts.show({ text: errorWords(error), tone: 'problem' });
      return false;
    }
  };
  const save = async (input: TriggerInput) => {
    const now = edited.value;
    const before = triggers.value?.find(({ id }) => id === now?.id);
    const id = now?.id;
    const done = id
      ? await attempt(() => put(id, input), before && (() => put(id, inputOf(before))))
      : await attempt(() => desk.api.send('POST', '/triggers', input));
    if (done) edited.value = null;
  };
  const remove = (trigger: Trigger) =>
    attempt(
      () => desk.api.send('DELETE', `/triggers/${trigger.id}`),
      () => desk.api.send('POST', '/triggers', inputOf(trigger)),
      text.deleted,
    );

  if (triggers.value === null) return <SkeletonRows rows={3} />;
  return (
    <>
      {triggers.value.length === 0 ? (
        <State icon="sparkles" title={text.none} hint={text.noneHint}>
          <Button kind="primary" icon="plus" onClick={() => (edited.value = { id: null, input: FRESH })}>
            {text.add}
          </Button>
        </State>
      ) : (
        <Section title={pages.invitations}>
          <ul class="items">
            {triggers.value.map((trigger) => (
              <li key={trigger.id} class="item item-tall">
                <Switch
                  quiet
                  label={`${text.enabled}: ${trigger.name}`}
                  checked={trigger.enabled}
                  onChange={(enabled) =>
                    attempt(
                      () => put(trigger.id, { ...inputOf(trigger), enabled }),
                      () => put(trigger.id, inputOf(trigger)),
                    )
                  }
                />
                <span class="item-main">
                  {trigger.name}
                  <span class="item-aside">{conditionWords(trigger)}</span>
                  <span class="item-aside">
                    “{trigger.text[language.value] || Object.values(trigger.text).find(Boolean)}”
                  </span>
                  <span class="item-counts">
                    {trigger.counts.shown} {text.shown} · {trigger.counts.accepted} {text.accepted} ·{' '}
                    {trigger.counts.dismissed} {text.dismissed}
                  </span>
                </span>
                <IconButton
                  icon="edit"
                  name={`${all.edit}: ${trigger.name}`}
                  onClick={() => (edited.value = { id: trigger.id, input: inputOf(trigger) })}
                />
                <IconButton icon="trash" name={`${all.delete}: ${trigger.name}`} onClick={() => remove(trigger)} />
              </li>
            ))}
          </ul>
          <div>
            <Button icon="plus" onClick={() => (edited.value = { id: null, input: FRESH })}>
              {text.add}
            </Button>
          </div>
        </Section>
      )}
      {edited.value && (
        <InvitationDialog
          input={edited.value.input}
          isNew={edited.value.id === null}
          onSave={save}
          onClose={() => (edited.value = null)}
        />
      )}
    </>
  );
}

function conditionWords({ conditions }: Trigger): string {
  const { invitations: text } = words.value.settings;
  return conditions
    .map((one) =>
      one.type === 'page'
        ? `${text.condition.page} ${text.match[one.match]} ${one.value}`
        : `${text.condition[one.type]}: ${one.seconds}`,
    )
    .join(' · ');
}
