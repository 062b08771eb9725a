import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { emojiSections, emojiWords, inRows, remembered } from '../../client/emoji.ts';
import { moveInGrid } from '../../client/emoji-keys.ts';
import { useDesk } from '../app/context.ts';
import { Icon } from '../base/icon.tsx';
import { language } from '../locales/locale.ts';
import './emoji-picker.css';

export interface EmojiPickerProps {
  /** `more`: another one will follow. */
  onPick(sign: string, more: boolean): void;
}

const KEPT = 'emoji';
/** One moves in it by arrows. */
const GRID = { role: 'grid' } as const;

/** All emoji in their groups, with a field to find one by. */
export function EmojiPicker({ onPick }: EmojiPickerProps): VNode {
  const { storage } = useDesk();
  const query = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  const locale = language.value;
  const text = emojiWords[locale];
  const used = useMemo(() => storage.get(KEPT)?.split(' ') ?? [], [storage]);
  const sections = useMemo(() => emojiSections(query.value, used, locale), [query.value, used, locale]);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const pick = (sign: string, more: boolean) => {
    storage.set(KEPT, remembered(storage.get(KEPT)?.split(' ') ?? [], sign).join(' '));
    onPick(sign, more);
  };
  return (
    <fieldset
      class="emoji-picker"
      aria-label={text.title}
      onKeyDown={(event) => {
        const [first] = sections[0]?.[1] ?? [];
        if (event.key === 'Enter' && event.target === field.current) {
          if (first) pick(first.sign, event.shiftKey);
        } else if (!moveInGrid(event.currentTarget, event)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <label class="emoji-search">
        <Icon name="search" size={18} />
        <input
          ref={field}
          aria-label={text.search}
          placeholder={text.search}
          autocomplete="off"
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="emoji-list">
        {sections.map(([title, list], section) => (
          <div key={title}>
            <b class="emoji-title" id={`emoji-${section}`}>
              {title}
            </b>
            <table {...GRID} aria-labelledby={`emoji-${section}`}>
              <tbody>
                {inRows(list).map((row, at) => (
                  <tr key={row[0]?.sign}>
                    {row.map(({ sign, name }, column) => (
                      <td key={sign}>
                        <button
                          type="button"
                          class="emoji-sign"
                          tabIndex={section + at + column ? -1 : 0}
                          aria-label={name[locale]}
                          title={name[locale]}
                          onClick={(event) => pick(sign, event.shiftKey)}
                        >
                          {sign}
                        </button>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
        <output class="emoji-none">{sections.length > 0 ? '' : text.none}</output>
      </div>
    </fieldset>
  );
}
