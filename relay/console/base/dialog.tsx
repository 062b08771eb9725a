import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { words } from '../locales/locale.ts';
import { IconButton } from './button.tsx';

/** A native modal dialog; it is open as long as it is rendered. */
export function Dialog(props: {
  title: string;
  wide?: boolean;
  large?: boolean;
  onClose(): void;
  children: ComponentChildren;
}): VNode {
  const element = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      class={`dialog ${props.large ? 'dialog-large' : props.wide ? 'dialog-wide' : ''}`}
      aria-labelledby={title}
      onClose={props.onClose}
    >
      <div class="dialog-head">
        <h2 id={title}>{props.title}</h2>
        <IconButton icon="x" name={words.value.shell.close} onClick={props.onClose} />
      </div>
      <div class="dialog-body">{props.children}</div>
    </dialog>
  );
}
