import { computed } from '@preact/signals';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { useDesk } from '../app/context.ts';
import { Avatar } from '../base/avatar.tsx';
import { Icon } from '../base/icon.tsx';
import { visitorName } from '../base/names.ts';
import type { Words } from '../locales/en.ts';
import { language, words } from '../locales/locale.ts';
import { clockTime, fullTime } from '../locales/time-words.ts';
import type { Attaching } from './attaching.ts';
import { Attachments } from './attachments.tsx';
import type { ConversationModel } from './conversation-model.ts';
import { FormCard, PreChatCard } from './form-card.tsx';
import type { Block, Message, SystemEvent } from './grouping.ts';
import { linked } from './linked-text.tsx';
import { MessageMenu } from './message-menu.tsx';
import type { Revision } from './revision.ts';

type Group = Extract<Block, { kind: 'group' }>;
type Said = Extract<Message, { type: 'message' }>;

/** Messages of one author within a minute. */
export function MessageGroup(props: {
  group: Group;
  model: ConversationModel;
  revision: Revision;
  attaching: Attaching;
}): VNode {
  const { group, model, revision, attaching } = props;
  const desk = useDesk();
  const { conversation: text, you } = words.value;
  const { author, at, events } = group;
  const visitor = model.person.value;
  const fromVisitor = author.kind === 'visitor';
  const mine = author.id === desk.me.id;
  const name = fromVisitor
    ? visitor
      ? visitorName(visitor, words.value)
      : author.name
    : mine
      ? you
      : author.kind === 'trigger'
        ? `${text.invitation}${author.name ? ` · ${author.name}` : ''}`
        : author.name;
  const last = events.at(-1);
  const side = fromVisitor ? 'theirs' : mine ? 'mine' : 'ours';
  return (
    <article class={`group group-${side}`} aria-label={`${name}, ${clockTime(language.value, at)}`}>
      {!mine && (
        <Avatar
          id={author.id ?? 'relay'}
          name={fromVisitor ? (visitor?.name ?? visitor?.email ?? null) : author.name}
          size="small"
        />
      )}
      <div class="group-body">
        <p class="group-head">
          <span class="group-name">{name}</span>
          <time dateTime={last?.at} title={fullTime(language.value, at)}>
            {clockTime(language.value, at)}
          </time>
          {!fromVisitor && last?.visitorSeq !== undefined && <Mark seq={last.visitorSeq} model={model} />}
        </p>
        {events.map((event) =>
          event.type === 'pre-chat' ? (
            <PreChatCard key={event.seq} event={event} />
          ) : event.type === 'form' ? (
            <FormCard key={event.seq} event={event} attaching={attaching} />
          ) : (
            <MessageRow key={event.seq} event={event} model={model} revision={revision} attaching={attaching} />
          ),
        )}
      </div>
    </article>
  );
}

/** One message: its words, and what became of it. */
function MessageRow(props: { event: Said; model: ConversationModel; revision: Revision; attaching: Attaching }): VNode {
  const { event, model, revision, attaching } = props;
  const { conversation: text, you } = words.value;
  const desk = useDesk();
  const { edited, deleted, at } = event;
  const sign = deleted ?? edited;
  const who = sign?.by ? (sign.by.id === desk.me.id ? you : sign.by.name) : '';
  return (
    <div class="message-row" data-seq={event.seq}>
      {deleted ? (
        <div class="bubble bubble-deleted">{text.message.deletedBy(who)}</div>
      ) : (
        <div
          class={`bubble ${revision.editing.value?.seq === event.seq ? 'bubble-editing' : ''}`}
          title={fullTime(language.value, Date.parse(at))}
        >
          {event.quote && <Quote quote={event.quote} model={model} />}
          {linked(event.text)}
          {event.files && <Attachments files={event.files} attaching={attaching} />}
          {edited && (
            <small class="edited" title={`${who}, ${fullTime(language.value, Date.parse(edited.at))}`}>
              {text.message.editedBy(edited.by?.id === event.author.id ? '' : who)}
            </small>
          )}
        </div>
      )}
      <MessageMenu message={event} revision={revision} />
    </div>
  );
}

/** What a message answers; it leads there, through older pages where that is not here yet. */
function Quote({ quote, model }: { quote: NonNullable<Said['quote']>; model: ConversationModel }): VNode | null {
  const { conversation: text } = words.value;
  const { line, message } = quote;
  const visitor = model.person.value;
  if (!line) return null;
  const goTo = async () => {
    for (let pages = 0; pages < 40; pages++) {
      const found = document.querySelector(`.message-row[data-seq="${message}"], .form-card[data-seq="${message}"]`);
      if (found || !model.hasOlder.peek()) {
        found?.scrollIntoView({ block: 'center' });
        found?.classList.add('message-found');
        setTimeout(() => found?.classList.remove('message-found'), 1_500);
        return;
      }
      await model.loadOlder();
      await new Promise((drawn) => requestAnimationFrame(drawn));
    }
  };
  return (
    <button type="button" class="quote" onClick={goTo}>
      <b>{line.author === 'visitor' && visitor ? visitorName(visitor, words.value) : line.name}</b>
      <span>{line.deleted ? text.message.deleted : line.text || text.files.count(line.files ?? 0)}</span>
    </button>
  );
}

/** How far the last message of a group has got. */
function Mark({ seq, model }: { seq: number; model: ConversationModel }): VNode {
  const { marks: text } = words.value.conversation;
  const reached = useMemo(
    () =>
      computed(() => {
        const { delivered, read } = model.marks.value;
        return read >= seq ? 'read' : delivered >= seq ? 'delivered' : 'sent';
      }),
    [model, seq],
  );
  const state = reached.value;
  return (
    <span class={`mark-state mark-${state}`} title={text[state]}>
      <Icon name={state === 'sent' ? 'check' : 'checks'} size={14} />
      <span class="visually-hidden">{text[state]}</span>
    </span>
  );
}

/** What happened to a conversation, in one sentence. */
export function systemWords(event: SystemEvent, me: string, text: Words['conversation'], you: string): string {
  const { author } = event;
  const mine = author.id === me;
  const who = mine ? you : author.name;
  const byOperator = author.kind === 'operator';
  if (event.type === 'rating') return text.rated(event.score, event.comment);
  if (event.type === 'spam') return event.on ? text.spamBy(who, mine) : text.notSpamBy(who, mine);
  if (event.type === 'solved') return event.said === 'no' ? text.notSolved : text.askedSolved(who, mine);
  if (event.type === 'status') {
    if (event.solved) return text.solved;
    if (event.status === 'closed' && author.kind === 'relay') return text.unanswered;
    if (event.status === 'closed' && author.kind === 'visitor') return text.endedByVisitor;
    if (event.status === 'closed') return byOperator ? text.closedBy(who, mine) : text.closedPlain;
    return byOperator ? text.reopenedBy(who, mine) : text.reopened;
  }
  if (event.to === null) return byOperator ? text.returned(who, mine) : text.returnedPlain;
  if (event.to.id === author.id) return text.takenBy(who, mine);
  return text.givenTo(who, mine, event.to.id === me ? null : event.to.name);
}

/** A line between messages: taken, returned, closed, reopened. */
export function SystemLine({ event }: { event: SystemEvent }): VNode {
  const desk = useDesk();
  const { conversation: text, you } = words.value;
  const at = Date.parse(event.at);
  return (
    <p class="system">
      <span>{systemWords(event, desk.me.id, text, you)}</span>
      <time dateTime={event.at} title={fullTime(language.value, at)}>
        {clockTime(language.value, at)}
      </time>
    </p>
  );
}

/** One's own messages that are not in the conversation yet. */
export function UnsentMessages({ model }: { model: ConversationModel }): VNode | null {
  const { conversation: text, composer, errors } = words.value;
  if (model.unsent.value.length === 0) return null;
  return (
    <div class="group group-mine group-unsent">
      <div class="group-body">
        {model.unsent.value.map(({ id, text: said, files, state, code }) => (
          <div class={`unsent unsent-${state}`} key={id}>
            <div class="bubble">{said || text.files.count(files?.length ?? 0)}</div>
            {state === 'failed' ? (
              <p class="unsent-foot" role="alert">
                <Icon name="warning" size={14} />
                <span>
                  {text.marks.failed}. {code ? errors[code] : ''}
                </span>
                <button type="button" class="link" onClick={() => model.retry(id)}>
                  {composer.retry}
                </button>
                <button type="button" class="link" onClick={() => model.removeFailed(id)}>
                  {composer.remove}
                </button>
              </p>
            ) : (
              <p class="unsent-foot">
                <Icon name={state === 'sent' ? 'check' : 'clock'} size={14} />
                <span class="visually-hidden">{text.marks[state]}</span>
              </p>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
