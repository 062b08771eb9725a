import type { ComponentChildren, VNode } from 'preact';
import { Icon } from '../base/icon.tsx';
import { words } from '../locales/locale.ts';
import type { Attaching } from './attaching.ts';
import { Attachments } from './attachments.tsx';
import type { Message, PreChat } from './grouping.ts';
import { linked } from './linked-text.tsx';

/** A form that a visitor sent, with its fields and reference. */
export function FormCard(props: { event: Extract<Message, { type: 'form' }>; attaching: Attaching }): VNode {
  const { event, attaching } = props;
  const { conversation: text } = words.value;
  return (
    <div class="form-card" data-seq={event.seq}>
      <p class="form-card-head">
        <Icon name="mail" size={16} />
        <span>{text.form}</span>
        <span class="form-card-reference">
          {text.reference} <b>{event.reference}</b>
        </span>
      </p>
      {event.subject && <h2>{event.subject}</h2>}
      <p class="form-card-text">{linked(event.text)}</p>
      {event.files && <Attachments files={event.files} attaching={attaching} />}
      {event.fields.length > 0 && (
        <dl>
          {event.fields.map(({ key, label, value }) => (
            <Row key={key} name={label}>
              {linked(value)}
            </Row>
          ))}
        </dl>
      )}
    </div>
  );
}

/** What a visitor answered before a chat, and what the site asks that nobody has answered. */
export function PreChatCard({ event }: { event: PreChat }): VNode {
  const { preChat: text } = words.value.conversation;
  const nameOf = ({ key, label }: { key: string; label: string }) =>
    label || text.person[key as keyof typeof text.person] || key;
  return (
    <div class="form-card" data-seq={event.seq}>
      <p class="form-card-head">
        <Icon name="form" size={16} />
        <span>{text.title}</span>
      </p>
      {event.fields.length > 0 && (
        <dl>
          {event.fields.map((field) => (
            <Row key={field.key} name={nameOf(field)}>
              {linked(field.value)}
            </Row>
          ))}
        </dl>
      )}
      {event.missing.length > 0 && (
        <p class="form-card-missing">
          <Icon name="warning" size={16} />
          <span>{text.missing(event.missing.map(nameOf).join(', '))}</span>
        </p>
      )}
    </div>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
