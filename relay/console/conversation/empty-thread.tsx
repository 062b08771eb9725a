import type { VNode } from 'preact';
import { useDesk } from '../app/context.ts';
import { shortUrl, visitorName } from '../base/names.ts';
import { State } from '../base/state.tsx';
import { words } from '../locales/locale.ts';
import type { ConversationModel } from './conversation-model.ts';

/** A chat in which nobody has written yet: the operator may write first. */
export function EmptyThread({ model }: { model: ConversationModel }): VNode {
  const desk = useDesk();
  const { conversation: text } = words.value;
  const visitor = model.visitor.value;
  const here = visitor ? desk.onSite.value.get(visitor.id) : undefined;
  const name = visitor ? visitorName(visitor, words.value) : '';
  return here ? (
    <State icon="sparkles" title={text.emptyTitle(name)} hint={text.emptyHint}>
      <p class="empty-page">
        <b>{here.pageTitle}</b>
        <span>{shortUrl(here.pageUrl, true)}</span>
      </p>
    </State>
  ) : (
    <State icon="chat" title={name} hint={text.emptyAway} />
  );
}
