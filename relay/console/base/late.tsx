import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { words } from '../locales/locale.ts';

const LATE_MS = 200;

/** Shows its children only when loading takes longer than a moment. */
export function Late({ children }: { children: ComponentChildren }): VNode | null {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  return late ? <div class="late">{children}</div> : null;
}

/** Grey rows in place of a list that is being loaded. */
export function SkeletonRows({ rows = 6 }: { rows?: number }): VNode {
  return (
    <Late>
      <div class="skeletons" role="status" aria-label={words.value.shell.loading}>
        {Array.from({ length: rows }, (_, index) => (
          <div class="skeleton-row" key={index}>
            <span class="skeleton skeleton-round" />
            <span class="skeleton-lines">
              <span class="skeleton" />
              <span class="skeleton skeleton-short" />
            </span>
          </div>
        ))}
      </div>
    </Late>
  );
}
