import type { Ref, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

const SPARE_ROWS = 8;

/**
 * A long list of rows of one height, of which only those near the screen are in the page. The row that has the
 * keyboard's focus stays too. `onEnd` is called when the end comes near.
 */
export function WindowedList<T>(props: {
  items: readonly T[];
  rowHeight: number;
  label: string;
  keyOf(item: T): string;
  row(item: T, index: number): VNode;
  /** The row to bring into view when it changes. */
  current?: string | null;
  onEnd?(): void;
  scrollRef?: Ref<HTMLDivElement>;
  footer?: VNode | null;
}): VNode {
  const { items, rowHeight, keyOf, onEnd, current } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ first: 0, last: 30 });

  const measure = () => {
    const box = scroller.current;
    if (!box) return;
    const first = Math.max(0, Math.floor(box.scrollTop / rowHeight) - SPARE_ROWS);
    const last = Math.ceil((box.scrollTop + box.clientHeight) / rowHeight) + SPARE_ROWS;
    setRange((was) => (was.first === first && was.last === last ? was : { first, last }));
    if (last >= items.length) onEnd?.();
  };
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  });
  useEffect(measure, [items.length]);
  useLayoutEffect(() => {
    const box = scroller.current;
    const index = items.findIndex((item) => keyOf(item) === current);
    if (!box || index < 0) return;
    const top = index * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + rowHeight - box.clientHeight;
  }, [current]);

  const shown = items.slice(range.first, range.last);
  return (
    <div class="windowed" ref={scroller} onScroll={measure}>
      <ul aria-label={props.label} style={{ height: `${items.length * rowHeight}px` }}>
        {shown.map((item, index) => (
          <li
            key={keyOf(item)}
            style={{ transform: `translateY(${(range.first + index) * rowHeight}px)`, height: `${rowHeight}px` }}
            aria-setsize={items.length}
            aria-posinset={range.first + index + 1}
          >
            {props.row(item, range.first + index)}
          </li>
        ))}
      </ul>
      {props.footer}
    </div>
  );
}
