import { type FrontdeskError, fail } from './errors.ts';

/** What `init` and the script tag take; see docs/api.md. What is left out comes from the site's settings. */
export interface Options {
  site: string;
  /** The relay's address; the script tag takes it from its own. */
  relay?: string;
  locale?: string;
  position?: 'right' | 'left';
  color?: string;
  icon?: string;
  mode?: 'light' | 'dark' | 'auto';
  launcher?: 'on' | 'off';
  /** Accepted for pages that hand one to every script; the widget makes no inline style or script that would need it. */
  nonce?: string;
  consent?: 'granted' | 'wait' | 'denied' | undefined;
}

const OPTIONS = [
  'site',
  'relay',
  'locale',
  'color',
  'icon',
  'nonce',
  'position=right|left',
  'mode=light|dark|auto',
  'launcher=on|off',
  'consent=granted|wait|denied',
];

/** An error that says what was wrong, and what would have been right. */
export const expected = (code: FrontdeskError['code'], wrong: string, right: readonly string[]): FrontdeskError =>
  fail(code, `${wrong}; expected ${right.join(', ')}.`);

/** Checks options by name and value; throws an error that says what was expected. */
export function checkOptions(given: object): Partial<Options> {
  for (const [name, value] of Object.entries(given)) {
    const fits = OPTIONS.some((option) => {
      const [known, values] = option.split('=');
      return known === name && typeof value === 'string' && (!values || values.split('|').includes(value));
    });
    if (!fits) throw expected('bad-option', `${name} cannot be ${value}`, OPTIONS);
  }
  return given;
}
