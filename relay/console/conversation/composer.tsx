import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { LIMITS } from '../../protocol/limits.ts';
import { useDesk } from '../app/context.ts';
import { IconButton } from '../base/button.tsx';
import { Icon } from '../base/icon.tsx';
import { visitorName } from '../base/names.ts';
import { words } from '../locales/locale.ts';
import type { Attaching } from './attaching.ts';
import { UploadList } from './attachments.tsx';
import type { ConversationModel } from './conversation-model.ts';
import { EmojiButton } from './emoji-button.tsx';
import type { Revision } from './revision.ts';

const TALLEST = 200;

/** Where an operator writes; what is not sent is kept as a draft of this conversation. */
export function Composer(props: { model: ConversationModel; revision: Revision; attaching: Attaching }): VNode {
  const { model, revision, attaching } = props;
  const picker = useRef<HTMLInputElement>(null);
  const desk = useDesk();
  const field = useRef<HTMLTextAreaElement>(null);
  const { composer: text } = words.value;
  const { files } = words.value.conversation;
  const editing = revision.editing.value;
  const quoting = revision.quoting.value;
  const draft = editing ? revision.text.value : model.draft.value;
  const summary = model.summary.value;
  const visitor = model.person.value;
  const tooMany = draft.trim().length - LIMITS.messageChars;

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(TALLEST, element.scrollHeight)}px`;
  }, [draft]);

  useEffect(() => {
    if (!editing) return;
    field.current?.focus();
    field.current?.setSelectionRange(editing.text.length, editing.text.length);
  }, [editing?.seq]);
  useEffect(() => {
    if (quoting) field.current?.focus();
  }, [quoting?.seq]);

  useEffect(() => {
    const over = new AbortController();
    const { signal } = over;
    // Anywhere on the page: who misses the field would leave the console for the picture.
    const take = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      if (event.type === 'drop') attaching.add([...event.dataTransfer.files]);
    };
    document.addEventListener('dragover', take, { signal });
    document.addEventListener('drop', take, { signal });
    return () => over.abort();
  }, [attaching]);

  const send = () => {
    if (editing) revision.save();
    else if (attaching.settled.value && tooMany <= 0) {
      if (draft.trim() === '' && attaching.items.value.length === 0) return;
      model.send(attaching.take(), quoting?.seq);
      revision.quote(null);
    }
    field.current?.focus();
  };
  const note = !desk.session.outbox.durable
    ? text.notKept
    : tooMany > 0
      ? text.tooLong(tooMany)
      : editing
        ? text.editHint
        : summary?.status === 'closed'
          ? text.reopens
          : summary && !summary.assignee
            ? text.takes
            : text.hint;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {editing && (
        <p class="composer-about">
          <Icon name="edit" size={14} />
          <span class="composer-about-text">
            <b>{text.editing}</b> {editing.text}
          </span>
          <IconButton icon="x" size={16} name={text.cancelEdit} onClick={() => revision.cancel()} />
        </p>
      )}
      {quoting && (
        <p class="composer-about">
          <Icon name="return" size={14} />
          <span class="composer-about-text">
            <b>{text.quoting}</b> {quoting.text || files.count(quoting.files?.length ?? 0)}
          </span>
          <IconButton icon="x" size={16} name={text.cancelQuote} onClick={() => revision.quote(null)} />
        </p>
      )}
      {!editing && <UploadList attaching={attaching} />}
      <div class="composer-box">
        {!editing && (
          <>
            <IconButton icon="clip" name={files.attach} onClick={() => picker.current?.click()} />
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              tabIndex={-1}
              aria-label={files.attach}
              onChange={(event) => {
                attaching.add([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = '';
              }}
            />
          </>
        )}
        <textarea
          id="composer"
          ref={field}
          rows={1}
          aria-label={text.label(visitor ? visitorName(visitor, words.value) : '')}
          aria-describedby="composer-note"
          aria-keyshortcuts="R"
          placeholder={summary ? text.placeholder : text.placeholderFirst}
          value={draft}
          onPaste={(event) => {
            if (editing || !event.clipboardData?.files.length) return;
            event.preventDefault();
            attaching.add([...event.clipboardData.files]);
          }}
          onInput={(event) => (editing ? revision : model).write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && quoting && !event.isComposing) {
              event.stopPropagation();
              revision.quote(null);
              return;
            }
            if (event.key === 'Escape' && editing && !event.isComposing) {
              event.stopPropagation();
              revision.cancel();
              return;
            }
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <EmojiButton field={field} onWrite={(written) => (editing ? revision : model).write(written)} />
        <IconButton
          type="submit"
          icon="send"
          name={editing ? text.save : text.send}
          class="composer-send"
          disabled={
            (draft.trim() === '' && (editing !== null || attaching.items.value.length === 0)) ||
            tooMany > 0 ||
            (editing === null && !attaching.settled.value)
          }
        />
      </div>
      <p class={`composer-note ${tooMany > 0 ? 'composer-problem' : ''}`} id="composer-note">
        {note}
      </p>
    </form>
  );
}
