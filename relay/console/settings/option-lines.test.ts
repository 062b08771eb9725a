import { expect, test } from 'vitest';
import { optionLines, readOptions } from './option-lines.ts';

test('options survive being lines', () => {
  const options = [
    { value: 'a', label: { en: 'First', ru: 'Первый' } },
    { value: 'b', label: {} },
    { value: 'c', label: { ru: 'Третий' } },
  ];
  expect(optionLines(options)).toBe('a | First | Первый\nb\nc |  | Третий');
  expect(readOptions(optionLines(options))).toEqual(options);
});

test('empty lines and repeated values are left out', () => {
  expect(readOptions('a\n\n a | Again\n | none\nb')).toEqual([
    { value: 'a', label: {} },
    { value: 'b', label: {} },
  ]);
});
