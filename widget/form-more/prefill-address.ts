import type { AppContext } from '../app.tsx';

/**
 * Fills the form from the page's address: `?frontdesk-prefill-email=…`. What the page itself has set stays, and an address
 * can neither hide a field nor lock it: anybody may have written it.
 */
export function prefillFromAddress({ core, form }: AppContext): void {
  const query = new URLSearchParams(location.search);
  const given: typeof core.prefill.value = {};
  for (const name of new Set(query.keys())) {
    const key = /^frontdesk-prefill-(.+)/.exec(name)?.[1]?.replaceAll('-', '_');
    const field = form.fields.find((one) => one.key === key);
    if (!field) continue;
    const values = query.getAll(name);
    const text = values[0] ?? '';
    const value = field.kind === 'multiselect' ? values : field.kind === 'checkbox' ? text === 'true' : text;
    given[field.key] = { value };
  }
  core.prefill.value = { ...given, ...core.prefill.value };
}
