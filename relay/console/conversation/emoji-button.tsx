import { useSignal } from '@preact/signals';
import type { ComponentType, RefObject, VNode } from 'preact';
import { IconButton } from '../base/button.tsx';
import { closePopover, Popover } from '../base/popover.tsx';
import { words } from '../locales/locale.ts';
import type { EmojiPickerProps } from './emoji-picker.tsx';

const POPOVER = 'emoji';

/** Puts an emoji where the caret of `field` stands; those to choose from are loaded when they are first asked for. */
export function EmojiButton(props: {
  field: RefObject<HTMLTextAreaElement | null>;
  onWrite(text: string): void;
}): VNode {
  const { field, onWrite } = props;
  const picker = useSignal<ComponentType<EmojiPickerProps> | null>(null);
  const isOpen = useSignal(false);
  const Picker = picker.value;
  const pick = (sign: string, more: boolean) => {
    const into = field.current;
    if (!into) return;
    into.setRangeText(sign, into.selectionStart, into.selectionEnd, 'end');
    onWrite(into.value);
    if (more) return;
    closePopover(POPOVER);
    into.focus();
  };
  return (
    <>
      <IconButton icon="smile" name={words.value.composer.emoji} class="composer-emoji" popoverTarget={POPOVER} />
      <Popover
        id={POPOVER}
        class="emoji"
        above
        onToggle={(open) => {
          isOpen.value = open;
          if (open && !Picker)
            import('./emoji-picker.tsx').then(
              (part) => {
                picker.value = part.EmojiPicker;
              },
              () => closePopover(POPOVER),
            );
        }}
      >
        {isOpen.value && Picker && <Picker onPick={pick} />}
      </Popover>
    </>
  );
}
