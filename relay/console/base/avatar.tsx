import type { VNode } from 'preact';
import { Icon } from './icon.tsx';
import { hueOf, initials } from './names.ts';

/** Initials in a colour of one's own; `presence` adds a dot. */
export function Avatar(props: {
  id: string;
  name: string | null;
  size?: 'small' | 'normal' | 'large';
  presence?: 'online' | 'away' | 'offline' | undefined;
}): VNode {
  const { id, name, size = 'normal', presence } = props;
  const letters = initials(name);
  return (
    <span class={`avatar avatar-${size} hue-${hueOf(id)}`} aria-hidden="true">
      {letters ?? <Icon name="user" size={size === 'small' ? 14 : 18} />}
      {presence && presence !== 'offline' && <span class={`dot dot-${presence}`} />}
    </span>
  );
}
