import type { VNode } from 'preact';
import { Dialog } from '../base/dialog.tsx';
import { words } from '../locales/locale.ts';

/** What each key does. */
export function HelpSheet({ onClose }: { onClose(): void }): VNode {
  const { keys } = words.value;
  const rows: [string[], string][] = [
    [['J', '↓'], keys.next],
    [['K', '↑'], keys.previous],
    [['Enter'], keys.open],
    [['T'], keys.take],
    [['C'], keys.close],
    [['R'], keys.reply],
    [['I'], keys.person],
    [['/'], keys.search],
    [['Esc'], keys.back],
    [['Enter'], keys.send],
    [['Shift', 'Enter'], keys.line],
    [['?'], keys.help],
  ];
  return (
    <Dialog title={keys.title} onClose={onClose}>
      <dl class="keys">
        {rows.map(([names, does]) => (
          <div key={does}>
            <dt>
              {names.map((name) => (
                <kbd class="key" key={name}>
                  {name}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
