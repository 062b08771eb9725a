import { useEffect, useRef } from 'preact/hooks';

/** Whether keys that are pressed now are meant as text. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])'))
  );
}

/**
 * The key a shortcut is named by. On a layout without Latin letters the place of the key counts («е» stands where `t`
 * is), and with Caps Lock the letter is the same one.
 */
export function shortcutOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  if (key.length !== 1 || key.charCodeAt(0) < 128) return key;
  if (code === 'Slash') return '/';
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

/**
 * Listens to single keys while the component is shown; the handler says whether the key was its. Keys typed into a
 * field, with a modifier, or while a dialog is open are not shortcuts; Escape in a field leaves the field.
 */
export function useKeys(handle: (key: string) => boolean): void {
  const latest = useRef(handle);
  latest.current = handle;
  useEffect(() => {
    const over = new AbortController();
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
        const typing = isTyping(event.target);
        // Looking through a long conversation takes a while: not for each letter that is typed.
        if (typing && event.key !== 'Escape') return;
        if (document.querySelector('dialog[open], [popover]:popover-open')) return;
        if (typing) {
          (event.target as HTMLElement).blur();
          return;
        }
        // A button that has the focus is pressed by it.
        if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.matches('button, summary'))
          return;
        if (latest.current(shortcutOf(event))) event.preventDefault();
      },
      { signal: over.signal },
    );
    return () => over.abort();
  }, []);
}
