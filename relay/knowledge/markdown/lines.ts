import type { StateBlock } from 'markdown-it';

/** How deep one foreign block may stand in another; deeper ones stay text. */
const DEEPEST = 6;

/** A line of the block being parsed, without its indentation. */
export function lineAt(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line] ?? 0);
}

/** Searches that came back empty, so that a file of ten thousand opening marks is not searched ten thousand times. */
const fruitless = new WeakMap<StateBlock, Map<string, number>>();

/** The first line from `from` on that matches, or −1. Lines of less indentation than the block end the search. */
export function findLine(state: StateBlock, from: number, to: number, pattern: RegExp): number {
  let known = fruitless.get(state);
  if (known === undefined) {
    known = new Map();
    fruitless.set(state, known);
  }
  const before = known.get(pattern.source);
  if (before !== undefined && from >= before) return -1;
  for (let line = from; line < to; line += 1) {
    if (!state.isEmpty(line) && (state.sCount[line] ?? 0) < state.blkIndent) break;
    if (pattern.test(lineAt(state, line))) return line;
  }
  if (to === state.lineMax) known.set(pattern.source, from);
  return -1;
}

/** Parses `text` as blocks of their own into the tokens of `state`. */
export function parseInside(state: StateBlock, text: string): void {
  const env = state.env as { depth?: number };
  const depth = env.depth ?? 0;
  if (depth >= DEEPEST) {
    const open = state.push('paragraph_open', 'p', 1);
    open.hidden = true;
    const inline = state.push('inline', '', 0);
    inline.content = text;
    inline.children = [];
    state.push('paragraph_close', 'p', -1).hidden = true;
    return;
  }
  env.depth = depth + 1;
  state.md.block.parse(text, state.md, state.env, state.tokens);
  env.depth = depth;
}
