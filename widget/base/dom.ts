/** Builds an element in plain DOM, for what has to stand before the rest of the widget is loaded. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string | number)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...(children as string[]));
  return node;
}

/** An icon as nodes; `path` is the data of one path on a field of 24 × 24. */
export function icon(path: string): SVGElement {
  const make = (tag: string, name: string, value: string) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
    node.setAttribute(name, value);
    return node as SVGElement;
  };
  const svg = make('svg', 'viewBox', '0 0 24 24');
  svg.classList.add('fd-icon');
  svg.append(make('path', 'd', path));
  return svg;
}
