import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Code that comes when it is first wanted; `gone`: an updated relay has it no more, the page has to be loaded anew. */
export function usePart<Part extends object>(load: () => Promise<Part>): Part | 'gone' | null {
  const loaded = useSignal<Part | 'gone' | null>(null);
  useEffect(() => {
    load().then(
      (part) => {
        loaded.value = part;
      },
      () => {
        loaded.value = 'gone';
      },
    );
  }, []);
  return loaded.value;
}
