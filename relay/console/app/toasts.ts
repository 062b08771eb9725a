import { type ReadonlySignal, signal } from '@preact/signals';

/** A short word at the foot of the screen, with at most one thing to do. */
export interface Toast {
  id: number;
  text: string;
  tone: 'quiet' | 'problem';
  action?: { label: string; run(): void } | undefined;
}

export interface Toasts {
  readonly shown: ReadonlySignal<readonly Toast[]>;
  show(toast: Omit<Toast, 'id' | 'tone'> & { tone?: Toast['tone'] }): void;
  dismiss(id: number): void;
}

const SHOWN_MS = 6_000;
const AT_ONCE = 3;

export function createToasts(): Toasts {
  const shown = signal<readonly Toast[]>([]);
  let count = 0;
  const dismiss = (id: number) => {
    shown.value = shown.value.filter((toast) => toast.id !== id);
  };
  return {
    shown,
    show(toast) {
      const id = ++count;
      // The same words again replace the earlier ones.
      const others = shown.value.filter(({ text }) => text !== toast.text);
      shown.value = [...others, { tone: 'quiet' as const, ...toast, id }].slice(-AT_ONCE);
      setTimeout(() => dismiss(id), SHOWN_MS);
    },
    dismiss,
  };
}
