import type { Core } from '../core.ts';

/** Fills forms from `data-frontdesk-prefill-FIELD` attributes. The data set writes `prefill-order-no` as `PrefillOrderNo`; fields are called `order_no`. */
export function prefillFrom({ prefill }: Core, data: DOMStringMap | undefined): void {
  for (const name in data) {
    const key = /^frontdeskPrefill(.+)/.exec(name)?.[1]?.replace(/\B[A-Z]/g, '_$&');
    if (key) prefill.value = { ...prefill.value, [key.toLowerCase()]: { value: data[name] ?? '' } };
  }
}
