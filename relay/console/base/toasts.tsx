import type { VNode } from 'preact';
import type { Toasts } from '../app/toasts.ts';
import { words } from '../locales/locale.ts';
import { IconButton } from './button.tsx';

/** The short words at the foot of the screen; read out as they come. */
export function ToastList({ toasts }: { toasts: Toasts }): VNode {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.shown.value.map(({ id, text, tone, action }) => (
        <div key={id} class={`toast toast-${tone}`}>
          <span>{text}</span>
          {action && (
            <button
              type="button"
              class="toast-action"
              onClick={() => {
                action.run();
                toasts.dismiss(id);
              }}
            >
              {action.label}
            </button>
          )}
          <IconButton icon="x" size={16} name={words.value.shell.close} onClick={() => toasts.dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
