import { el } from '../base/dom.ts';
import { STATES } from './states.ts';

const SWITCHES: [name: string, values: [value: string, label: string][]][] = [
  [
    'mode',
    [
      ['light', 'Light'],
      ['dark', 'Dark'],
    ],
  ],
  [
    'locale',
    [
      ['en', 'English'],
      ['ru', 'Русский'],
    ],
  ],
  [
    'dir',
    [
      ['ltr', 'Left to right'],
      ['rtl', 'Right to left'],
    ],
  ],
];

/** Draws the list of states and the switches; each is a link, so that a state can be kept as an address. */
export function drawIndex(name: string, chosen: URLSearchParams): void {
  const link = (changes: Record<string, string>, label: string, here: boolean) => {
    const made = el('a', here ? 'here' : '', label);
    made.href = `#${new URLSearchParams({ ...Object.fromEntries(chosen), screen: name, ...changes })}`;
    if (here) made.ariaCurrent = 'page';
    return made;
  };
  const switches = SWITCHES.map(([key, values]) =>
    el(
      'p',
      'switch',
      ...values.map(([value, label], i) =>
        link({ [key]: value }, label, (chosen.get(key) ?? values[0]?.[0]) === value || (i === 0 && !chosen.has(key))),
      ),
    ),
  );
  const groups = [...new Set(STATES.map(({ group }) => group))].map((group) =>
    el(
      'section',
      '',
      el('h2', '', group),
      ...STATES.filter((one) => one.group === group).map((one) =>
        link({ screen: one.name }, one.name, one.name === name),
      ),
    ),
  );
  document.querySelector('main')?.append(...switches, ...groups);
}
