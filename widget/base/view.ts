/**
 * Draws views: `h` builds nodes (JSX compiles to it), `render` brings the document in line with them. Views are plain
 * functions without state; docs/decisions/0010-own-renderer-and-cells.md says why this is not Preact. A node that is
 * the very one of the last drawing is left alone with all that is in it: whoever keeps nodes pays for changes only.
 */
interface Node_ {
  tag: string;
  props: Record<string, unknown>;
  kids: Child[];
  key: unknown;
  dom?: Parent;
}
type Child = Node_ | { text: string; dom?: Text };
type Parent = Element & { kids?: Child[] };

const SVG = 'http://www.w3.org/2000/svg';

/** Children as drawn: lists opened, nothing for null and booleans. */
function flat(nodes: unknown, into: Child[] = []): Child[] {
  if (Array.isArray(nodes)) for (const node of nodes) flat(node, into);
  else if (nodes && typeof nodes === 'object') into.push(nodes as Node_);
  else if (typeof nodes === 'string' || typeof nodes === 'number') into.push({ text: `${nodes}` });
  return into;
}

/** A node; a function in place of a tag is called at once. Whatever has no name of its own has that of its tag, for page CSS. */
export function h(tag: string | ((props: object) => unknown), props: object | null, ...kids: unknown[]): unknown {
  const { key, ...rest } = (props ?? {}) as Record<string, unknown>;
  if (typeof tag === 'string') return { tag, props: { class: `fd-tag-${tag}`, ...rest }, kids: flat(kids), key };
  const made = tag({ ...rest, children: kids });
  if (key !== undefined && made && typeof made === 'object') (made as Node_).key = key;
  return made;
}

/** Several nodes without an element around them. */
export const Fragment = ({ children }: { children?: unknown }): unknown => children;

function setProp(dom: Parent, name: string, value: unknown, old: unknown): void {
  if (/^on/.test(name)) (dom as unknown as Record<string, unknown>)[name.toLowerCase()] = value;
  else if (name === 'value' || name === 'checked') {
    if ((dom as HTMLInputElement)[name as 'value'] !== value)
      (dom as HTMLInputElement)[name as 'value'] = value as string;
  } else if (value !== old) {
    if (value == null || (value === false && !/-/.test(name))) dom.removeAttribute(name);
    else dom.setAttribute(name, value === true && !/-/.test(name) ? '' : `${value}`);
  }
}

function patch(node: Child, old: Child | undefined, svg: boolean): Parent | Text {
  // What is drawn once and kept stands as it is.
  if (node === old) return node.dom as Parent;
  if ('text' in node) {
    const dom = (old?.dom as Text | undefined) ?? document.createTextNode(node.text);
    if (dom.data !== node.text) dom.data = node.text;
    node.dom = dom;
    return dom;
  }
  const { tag, props } = node;
  const inSvg = svg || tag === 'svg';
  const before = old as Node_ | undefined;
  const dom: Parent = before?.dom ?? (inSvg ? document.createElementNS(SVG, tag) : document.createElement(tag));
  node.dom = dom;
  for (const name in before?.props) if (!(name in props)) setProp(dom, name, null, 0);
  const late: string[] = [];
  for (const name in props)
    if (name === 'value') late.push(name);
    else setProp(dom, name, props[name], before?.props[name]);
  drawInto(dom, node.kids, inSvg);
  // A select takes its value only when its options are there.
  for (const name of late) setProp(dom, name, props[name], 0);
  return dom;
}

const kind = (node: Child) => ('text' in node ? '' : node.tag);
const keyOf = (node: Child) => ('text' in node ? undefined : node.key);

function drawInto(parent: Parent, kids: Child[], svg: boolean): void {
  let from = 0;
  // What is the same from the top on has its place already: a message more costs nothing above it.
  const rest = (parent.kids ?? []).filter((old, i) => i !== from || old !== kids[i] || !++from);
  const left = new Set(rest);
  const keyed = new Map(rest.map((old) => [keyOf(old), old]));
  const unkeyed = rest.filter((old) => keyOf(old) === undefined);
  const pairs = kids.slice(from).map((node) => {
    const key = keyOf(node);
    const at = key === undefined ? unkeyed.findIndex((old) => kind(old) === kind(node)) : -1;
    const found = key === undefined ? unkeyed[at] : keyed.get(key);
    unkeyed.splice(0, at + 1);
    keyed.delete(key);
    const old = found && kind(found) === kind(node) ? found : undefined;
    left.delete(old as Child);
    return [node, old] as const;
  });
  for (const old of left) old.dom?.remove();
  parent.kids = kids;
  for (const [node, old] of pairs) {
    const dom = patch(node, old, svg);
    const there = parent.childNodes[from++];
    if (there !== dom) parent.insertBefore(dom, there as Node);
  }
}

/** Draws `nodes` as the only contents of `parent`; null empties it. */
export function render(nodes: unknown, parent: Element): void {
  drawInto(parent, flat(nodes), false);
}
