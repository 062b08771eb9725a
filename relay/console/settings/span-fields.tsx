import type { VNode } from 'preact';
import type { HoursSpan } from '../../protocol/site-settings.ts';
import { IconButton } from '../base/button.tsx';
import { words } from '../locales/locale.ts';
import { replaced, without } from './order.ts';

const MOST = 6;
/** A field for a time knows no 24:00; midnight at the end of a span means the same. */
const shown = (time: string) => (time === '24:00' ? '00:00' : time);

/** The hours of a day: from and to, as often as needed; none at all means closed. */
export function SpanFields(props: {
  label: string;
  spans: readonly HoursSpan[];
  onSave(spans: HoursSpan[]): void;
}): VNode {
  const { label, spans, onSave } = props;
  const { hours: text, remove } = words.value.settings;
  const change = (index: number, part: Partial<HoursSpan>) => {
    const span = spans[index];
    if (span && Object.values(part).every((time) => time !== '')) onSave(replaced(spans, index, { ...span, ...part }));
  };
  const last = spans.at(-1);
  return (
    <fieldset class="spans">
      <legend>{label}</legend>
      {spans.length === 0 && <span class="spans-closed">{text.closed}</span>}
      {spans.map((span, index) => (
        <span class="span" key={`${index} ${span.from} ${span.to}`}>
          <input
            class="input"
            type="time"
            aria-label={`${label}, ${text.from}`}
            value={shown(span.from)}
            onChange={(event) => change(index, { from: event.currentTarget.value })}
          />
          <span aria-hidden="true">–</span>
          <input
            class="input"
            type="time"
            aria-label={`${label}, ${text.to}`}
            value={shown(span.to)}
            onChange={(event) => change(index, { to: event.currentTarget.value })}
          />
          <IconButton
            icon="x"
            name={`${remove}: ${label} ${span.from}–${span.to}`}
            onClick={() => onSave(without(spans, index))}
          />
        </span>
      ))}
      {spans.length < MOST && (
        <IconButton
          icon="plus"
          name={`${text.addSpan}: ${label}`}
          onClick={() => onSave([...spans, last ? { from: last.to, to: '00:00' } : { from: '09:00', to: '18:00' }])}
        />
      )}
    </fieldset>
  );
}
