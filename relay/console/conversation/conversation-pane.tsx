import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { useApp, useDesk } from '../app/context.ts';
import { Avatar } from '../base/avatar.tsx';
import { Button, IconButton } from '../base/button.tsx';
import { SkeletonRows } from '../base/late.tsx';
import { visitorName } from '../base/names.ts';
import { State } from '../base/state.tsx';
import { useKeys } from '../keys/keys.ts';
import { language, words } from '../locales/locale.ts';
import { inTime } from '../locales/time-words.ts';
import { PersonPane } from '../person/person-pane.tsx';
import { VerifiedMark } from '../person/verified-mark.tsx';
import type { ViewName } from '../router.ts';
import { Actions } from './actions.tsx';
import { createAttaching } from './attaching.ts';
import { Composer } from './composer.tsx';
import type { ConversationModel } from './conversation-model.ts';
import { DeleteDialog } from './message-menu.tsx';
import { createOrders } from './orders.ts';
import { createRevision } from './revision.ts';
import { Thread } from './thread.tsx';

/** A conversation with its head, messages, composer and, on demand, its visitor. */
export function ConversationPane({ id, view }: { id: string; view: ViewName }): VNode {
  const app = useApp();
  const desk = useDesk();
  const model = useMemo(() => desk.conversation(id), [desk, id]);
  const orders = useMemo(() => createOrders(desk, model, app.toasts), [desk, model]);
  const revision = useMemo(() => createRevision(desk, id, app.toasts), [desk, id]);
  const attaching = useMemo(() => createAttaching(desk, id), [desk, id]);
  const { conversation: text, shell } = words.value;
  const state = model.state.value;
  const personOpen = app.preferences.personOpen.value;
  const leave = () => app.router.go({ name: 'view', site: desk.site, view, conversation: null });
  const togglePerson = () => app.preferences.setPersonOpen(!personOpen);

  useKeys((key) => {
    if (key === 't') return orders.take();
    if (key === 'c') return orders.close();
    if (key === 'i') {
      togglePerson();
      return true;
    }
    if (key === 'r' || key === 'Enter') {
      const composer = document.getElementById('composer');
      composer?.focus();
      return composer !== null;
    }
    return false;
  });

  if (state === 'failed' || state === 'gone')
    return (
      <div class="conversation">
        <header class="conversation-head">
          <IconButton icon="back" name={shell.back} class="only-phone" onClick={leave} />
        </header>
        <State icon="warning" title={state === 'gone' ? text.gone : text.failed} alert>
          {state === 'failed' && (
            <Button icon="again" onClick={() => model.load()}>
              {shell.retry}
            </Button>
          )}
        </State>
      </div>
    );
  return (
    <div class={`with-person ${personOpen ? 'person-open' : ''}`}>
      <div class="conversation">
        <Head model={model} orders={orders} onBack={leave} personOpen={personOpen} onPerson={togglePerson} />
        {state === 'loading' ? (
          <SkeletonRows rows={4} />
        ) : (
          <>
            <Thread key={id} model={model} revision={revision} attaching={attaching} />
            <Composer key={`composer ${id}`} model={model} revision={revision} attaching={attaching} />
            <DeleteDialog revision={revision} />
          </>
        )}
      </div>
      {personOpen && <PersonPane model={model} view={view} onClose={togglePerson} />}
    </div>
  );
}

function Head(props: {
  model: ConversationModel;
  orders: ReturnType<typeof createOrders>;
  personOpen: boolean;
  onBack(): void;
  onPerson(): void;
}): VNode {
  const { model, orders, personOpen, onBack, onPerson } = props;
  const desk = useDesk();
  const { conversation: text, shell } = words.value;
  const summary = model.summary.value;
  const who = model.person.value;
  const name = who ? visitorName(who, words.value) : '';
  const here = who ? desk.onSite.value.has(who.id) : false;
  const state = !summary
    ? ''
    : summary.status === 'closed'
      ? text.closed
      : !summary.assignee
        ? text.unassigned
        : summary.assignee.id === desk.me.id
          ? text.withYou
          : text.assignedTo(summary.assignee.name);
  return (
    <header class="conversation-head">
      <IconButton icon="back" name={shell.back} class="only-phone" onClick={onBack} />
      {who && <Avatar id={who.id} name={who.name ?? who.email} presence={here ? 'online' : undefined} />}
      <div class="conversation-title">
        <h1>
          {name} {who?.verified && <VerifiedMark />}
        </h1>
        <p>
          {[
            summary?.subject,
            state,
            summary?.closesAt &&
              text.asked(inTime(language.value, Date.parse(summary.closesAt) - desk.clock.coarse.value)),
            summary?.spam && text.spamMark,
            summary?.rating && text.ratingMark(summary.rating.score),
          ]
            .filter(Boolean)
            .join(' · ')}
          {here && <span class="visually-hidden">, {words.value.list.onSite}</span>}
        </p>
      </div>
      <Actions model={model} orders={orders} />
      <IconButton
        icon="info"
        name={personOpen ? text.hidePerson : text.person}
        pressed={personOpen}
        onClick={onPerson}
      />
    </header>
  );
}
