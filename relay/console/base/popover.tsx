import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * A native popover that stands at the button which names it in `popovertarget`. Its content is made when it opens;
 * a click on a menu item inside closes it.
 */
export function Popover(props: {
  id: string;
  class?: string;
  above?: boolean;
  onToggle?(open: boolean): void;
  children: ComponentChildren;
}): VNode {
  const element = useRef<HTMLDivElement>(null);
  const { id, above } = props;
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    const place = (event: Event) => {
      if ((event as ToggleEvent).newState !== 'open') return;
      const anchor = document.querySelector(`[popovertarget="${id}"]`)?.getBoundingClientRect();
      if (!anchor) return;
      const { offsetWidth: width, offsetHeight: height } = box;
      const left = Math.min(Math.max(8, anchor.right - width), innerWidth - width - 8);
      const leftOf = anchor.left + width < innerWidth - 8 && anchor.left < innerWidth / 2 ? anchor.left : left;
      const roomAbove = anchor.top - height - 6 >= 8;
      const below = anchor.bottom + 6 + height < innerHeight - 8 && !(above && roomAbove);
      box.style.left = `${leftOf}px`;
      box.style.top = `${below ? anchor.bottom + 6 : Math.max(8, anchor.top - height - 6)}px`;
      box.querySelector<HTMLElement>('button, [href], input, select')?.focus({ preventScroll: true });
    };
    box.addEventListener('toggle', place);
    return () => box.removeEventListener('toggle', place);
  }, [id, above]);
  return (
    <div
      ref={element}
      id={id}
      popover="auto"
      class={`popover ${props.class ?? ''}`}
      onToggle={(event) => props.onToggle?.(event.newState === 'open')}
    >
      {props.children}
    </div>
  );
}

/** Closes the popover with this id. */
export function closePopover(id: string): void {
  const box = document.getElementById(id);
  if (box?.matches(':popover-open')) box.hidePopover();
}
