import type { VNode } from 'preact';
import { SelectField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';

const PERIODS = ['7', '30', '90'] as const;
/** So many days back, today included. */
export type Period = (typeof PERIODS)[number];

/** Over which days something is counted. */
export function PeriodField(props: { value: Period; onChange(period: Period): void }): VNode {
  const { articles: text } = words.value.settings;
  return (
    <SelectField
      label={text.period}
      value={props.value}
      options={PERIODS.map((value) => ({ value, label: text.days(Number(value)) }))}
      onChange={props.onChange}
    />
  );
}
