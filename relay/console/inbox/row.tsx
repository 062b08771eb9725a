import type { VNode } from 'preact';
import type { ConversationSummary } from '../../protocol/entities.ts';
import { useDesk } from '../app/context.ts';
import { Avatar } from '../base/avatar.tsx';
import { Icon } from '../base/icon.tsx';
import { visitorName } from '../base/names.ts';
import { language, words } from '../locales/locale.ts';
import { lasted, rowTime, waited } from '../locales/time-words.ts';
import { VerifiedMark } from '../person/verified-mark.tsx';
import { pathOf, type ViewName } from '../router.ts';

const LATE_MS = 5 * 60_000;
/** A rating as bad as this is marked. */
const BAD_SCORE = 2;
const VERY_LATE_MS = 15 * 60_000;

/** How late an answer is, in words a style sheet knows. */
export function lateness(waitedMs: number): 'fresh' | 'late' | 'very-late' {
  return waitedMs >= VERY_LATE_MS ? 'very-late' : waitedMs >= LATE_MS ? 'late' : 'fresh';
}

/** One conversation in a list. */
export function ConversationRow(props: {
  row: ConversationSummary;
  current: boolean;
  view: ViewName;
  onOpen(): void;
}): VNode {
  const { row, current, view, onOpen } = props;
  const desk = useDesk();
  const { list: text, channels, you } = words.value;
  const now = desk.clock.coarse.value;
  const name = visitorName(row.visitor, words.value);
  const waits = row.waitingSince !== null && row.status === 'open' ? now - Date.parse(row.waitingSince) : null;
  const line = row.lastLine;
  const lead = line?.author === 'operator' ? `${line.name === desk.me.name ? you : line.name}: ` : '';
  const holder =
    row.assignee && row.assignee.id !== desk.me.id && (view === 'all' || view === 'online' || view === 'closed')
      ? row.assignee
      : null;
  return (
    <a
      href={pathOf({ name: 'view', site: desk.site, view, conversation: row.id })}
      class={`row ${row.unread > 0 ? 'row-unread' : ''}`}
      aria-current={current ? 'true' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onOpen();
      }}
    >
      <Avatar
        id={row.visitor.id}
        name={row.visitor.name ?? row.visitor.email}
        presence={desk.onSite.value.has(row.visitor.id) ? 'online' : undefined}
      />
      <span class="row-body">
        <span class="row-top">
          <span class="row-name">{name}</span>
          {row.visitor.verified && <VerifiedMark />}
          {row.channel === 'email' && (
            <span class="row-channel" title={channels.email}>
              <Icon name="mail" size={14} />
              <span class="visually-hidden">{channels.email}</span>
            </span>
          )}
          {desk.onSite.value.has(row.visitor.id) && <span class="visually-hidden">{text.onSite}</span>}
          {waits === null ? (
            <time class="row-time" dateTime={row.lastEventAt}>
              {rowTime(language.value, Date.parse(row.lastEventAt), now)}
            </time>
          ) : (
            <span class={`waits waits-${lateness(waits)}`} title={text.waitsLong(lasted(language.value, waits))}>
              <span class="visually-hidden">{text.waitsLong('')}</span>
              {waited(language.value, waits)}
            </span>
          )}
        </span>
        <span class="row-bottom">
          <span class="row-line">
            {row.subject && <b>{row.subject} · </b>}
            {lead}
            {line?.deleted
              ? words.value.conversation.message.deleted
              : line?.text || (line?.files ? words.value.conversation.files.count(line.files) : text.noLine)}
          </span>
          {row.spam && <span class="row-flag">{words.value.conversation.spamMark}</span>}
          {row.rating && (
            <span
              class={`row-flag ${row.rating.score <= BAD_SCORE ? 'row-flag-bad' : ''}`}
              title={words.value.conversation.rated(row.rating.score, row.rating.comment)}
            >
              <span aria-hidden="true">★ {row.rating.score}</span>
              <span class="visually-hidden">{words.value.conversation.ratingMark(row.rating.score)}</span>
            </span>
          )}
          {holder && <Avatar id={holder.id} name={holder.name} size="small" />}
          {row.unread > 0 && (
            <span class="badge">
              <span aria-hidden="true">{row.unread}</span>
              <span class="visually-hidden">{text.unread(row.unread)}</span>
            </span>
          )}
        </span>
      </span>
    </a>
  );
}
