import type { ComponentChildren, VNode } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps {
  kind?: 'plain' | 'primary' | 'quiet' | 'danger';
  icon?: IconName;
  type?: 'button' | 'submit';
  disabled?: boolean | undefined;
  /** A key that does the same. */
  hint?: string | undefined;
  onClick?: ((event: MouseEvent) => void) | undefined;
  children: ComponentChildren;
}

/** A button with words. */
export function Button({
  kind = 'plain',
  icon,
  type = 'button',
  disabled,
  hint,
  onClick,
  children,
}: ButtonProps): VNode {
  return (
    <button type={type} class={`button button-${kind}`} disabled={disabled} onClick={onClick} aria-keyshortcuts={hint}>
      {icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
      {hint && (
        <span class="key key-in-button" aria-hidden="true">
          {hint}
        </span>
      )}
    </button>
  );
}

/** A button with a picture; its name is for assistive technology and the tooltip. */
export function IconButton(props: {
  icon: IconName;
  name: string;
  pressed?: boolean | undefined;
  disabled?: boolean | undefined;
  popoverTarget?: string | undefined;
  size?: number;
  type?: 'button' | 'submit';
  class?: string;
  onClick?: ((event: MouseEvent) => void) | undefined;
}): VNode {
  return (
    <button
      type={props.type ?? 'button'}
      class={`icon-button ${props.class ?? ''}`}
      aria-label={props.name}
      title={props.name}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      popovertarget={props.popoverTarget}
      onClick={props.onClick}
    >
      <Icon name={props.icon} size={props.size ?? 20} />
    </button>
  );
}
