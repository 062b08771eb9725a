import type { VNode } from 'preact';
import { Icon } from '../base/icon.tsx';
import { words } from '../locales/locale.ts';

/** Beside the name of a visitor whom the site's server has proved. */
export function VerifiedMark(): VNode {
  const { verified } = words.value.person;
  return (
    <span class="verified" title={verified}>
      <Icon name="verified" size={14} />
      <span class="visually-hidden">{verified}</span>
    </span>
  );
}
