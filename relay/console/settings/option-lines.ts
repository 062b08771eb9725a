import type { FormField } from '../../protocol/site-settings.ts';

type Option = NonNullable<FormField['options']>[number];

/** Options of a choice as lines to edit: `value | English | Russian`. */
export function optionLines(options: readonly Option[]): string {
  return options
    .map(({ value, label }) => {
      const parts = [value, label.en ?? '', label.ru ?? ''];
      while (parts.length > 1 && parts.at(-1) === '') parts.pop();
      return parts.join(' | ');
    })
    .join('\n');
}

/** The options that such lines mean; empty lines and repeated values are left out. */
export function readOptions(lines: string): Option[] {
  const options = new Map<string, Option>();
  for (const line of lines.split('\n')) {
    const [value = '', en = '', ru = ''] = line.split('|').map((part) => part.trim());
    if (value === '' || options.has(value)) continue;
    options.set(value, { value, label: { ...(en && { en }), ...(ru && { ru }) } });
  }
  return [...options.values()].slice(0, 100);
}
