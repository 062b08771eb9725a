const FOCUSABLE = 'button:not([disabled]),a[href],input:not([disabled]),select,textarea,[tabindex="0"]';

/** Keeps Tab within `box`, for the sheet that covers a phone's whole screen. */
export function keepFocus(box: HTMLElement, event: KeyboardEvent): void {
  const all = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((node) => node.offsetParent);
  const [first, last] = [all[0], all.at(-1)];
  const active = (box.getRootNode() as ShadowRoot).activeElement;
  if (active !== (event.shiftKey ? first : last) && active !== box) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
