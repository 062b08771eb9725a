import type { VNode } from 'preact';
import type { Words } from '../locales/en.ts';

/** Keeps the place of what is on its way. */
export const Skeleton = ({ rows }: { rows: number }): VNode => (
  <div class="fd-skeleton" aria-busy="true">
    {Array.from({ length: rows }, () => (
      <i />
    ))}
  </div>
);

/** Something could not be fetched, and what to do. */
export const Failed = ({ words, retry }: { words: Words; retry(): void }): VNode => (
  <div class="fd-empty" role="alert">
    <p>{words.failed}</p>
    <button type="button" class="fd-button" onClick={retry}>
      {words.again}
    </button>
  </div>
);

const HUES = 6;
/** Somebody's initials on a colour of their own. */
export const Avatar = ({ name, id }: { name: string; id: string }): VNode => {
  let sum = 0;
  for (const sign of id) sum = (sum * 31 + sign.charCodeAt(0)) % HUES;
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => [...part][0])
    .join('');
  return (
    <span class={`fd-avatar fd-hue-${sum}`} aria-hidden="true">
      {initials.toUpperCase()}
    </span>
  );
};
