import type { RichNode } from '../../protocol/articles.ts';

/** Adds nodes to a list. Spreading a hundred thousand of them into `push` would overflow the stack. */
export function append(list: RichNode[], more: readonly RichNode[]): void {
  for (const node of more) list.push(node);
}
