import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { Hours, HoursSpan } from '../../protocol/site-settings.ts';
import { Button, IconButton } from '../base/button.tsx';
import { SelectField, Switch, TextField } from '../base/field.tsx';
import { language, words } from '../locales/locale.ts';
import { replaced, without } from './order.ts';
import { Section, useSite } from './section.tsx';
import { SpanFields } from './span-fields.tsx';
import './hours.css';

/** 5 January 2026 was a Monday. */
const MONDAY = Date.UTC(2026, 0, 5);
const weekday = (day: number, locale: string) =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(MONDAY + day * 86_400_000);
const dateName = (date: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(date));

const ZONES = Intl.supportedValuesOf('timeZone');

/** When the team is there: outside of these hours the widget offers the e-mail form and says when somebody is back. */
export function HoursPage(): VNode {
  const { model, site } = useSite();
  const { hours: text, add, remove } = words.value.settings;
  const { hours, graceSeconds } = site.settings;
  const date = useSignal('');
  const set = (change: Partial<Hours>) => model.set({ hours: { ...hours, ...change } });
  const setWeek = (day: number, spans: HoursSpan[]) => set({ week: replaced(hours.week, day, spans) });
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const holidays = [...hours.holidays].sort((a, b) => a.date.localeCompare(b.date));
  const zones = [...new Set([hours.timeZone, own, 'UTC', ...ZONES])];
  return (
    <>
      <Section title={text.title} lead={text.titleHint}>
        <Switch
          label={text.on}
          hint={text.onHint}
          checked={hours.on}
          // Whoever turns them on for the first time means the clock on their own wall.
          onChange={(on) => set({ on, ...(on && hours.timeZone === 'UTC' && { timeZone: own }) })}
        />
        {hours.on && (
          <SelectField
            label={text.timeZone}
            value={hours.timeZone}
            options={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
            onChange={(timeZone) => set({ timeZone })}
          />
        )}
      </Section>
      {hours.on && (
        <Section title={text.week} lead={text.weekHint}>
          {hours.week.map((spans, day) => (
            <SpanFields
              key={weekday(day, 'en')}
              label={weekday(day, language.value)}
              spans={spans}
              onSave={(next) => setWeek(day, next)}
            />
          ))}
        </Section>
      )}
      {hours.on && (
        <Section title={text.holidays} lead={text.holidaysHint}>
          {holidays.length === 0 && <p class="field-hint">{text.noHolidays}</p>}
          {holidays.map((holiday, index) => (
            <div class="holiday" key={holiday.date}>
              <SpanFields
                label={dateName(holiday.date, language.value)}
                spans={holiday.spans}
                onSave={(spans) => set({ holidays: replaced(holidays, index, { ...holiday, spans }) })}
              />
              <IconButton
                icon="trash"
                name={`${remove}: ${dateName(holiday.date, language.value)}`}
                onClick={() => set({ holidays: without(holidays, index) })}
              />
            </div>
          ))}
          <div class="add-date">
            <label class="field-label" for="new-holiday">
              {text.date}
            </label>
            <input
              id="new-holiday"
              class="input"
              type="date"
              value={date.value}
              onInput={(event) => {
                date.value = event.currentTarget.value;
              }}
            />
            <Button
              icon="plus"
              disabled={date.value === '' || holidays.some((one) => one.date === date.value)}
              onClick={() => {
                set({ holidays: [...holidays, { date: date.value, spans: [] }] });
                date.value = '';
              }}
            >
              {add}
            </Button>
          </div>
        </Section>
      )}
      <Section title={text.grace} lead={text.graceLead}>
        <TextField
          label={text.graceSeconds}
          hint={text.graceHint}
          type="number"
          min={15}
          max={600}
          value={String(graceSeconds)}
          onSave={(typed) => model.set({ graceSeconds: Math.min(600, Math.max(15, Math.round(Number(typed)) || 30)) })}
        />
      </Section>
    </>
  );
}
