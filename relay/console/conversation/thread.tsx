import { useComputed, useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useDesk } from '../app/context.ts';
import { Icon } from '../base/icon.tsx';
import { visitorName } from '../base/names.ts';
import { language, words } from '../locales/locale.ts';
import { dayWords } from '../locales/time-words.ts';
import type { Attaching } from './attaching.ts';
import type { ConversationModel } from './conversation-model.ts';
import { EmptyThread } from './empty-thread.tsx';
import { type Block, keepBlocks, toBlocks } from './grouping.ts';
import { MessageGroup, SystemLine, UnsentMessages } from './messages.tsx';
import type { Revision } from './revision.ts';

const NEAR_END = 80;
const NEAR_START = 240;

/** The messages: it stays at the end while it is there, keeps its place when older ones come, tells what was read. */
export function Thread(props: { model: ConversationModel; revision: Revision; attaching: Attaching }): VNode {
  const { model, revision, attaching } = props;
  const desk = useDesk();
  const box = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  /** The oldest event shown and the height at that time, to keep the place when older ones come above. */
  const before = useRef({ oldest: 0, height: 0, top: 0 });
  const news = useSignal(false);
  const kept = useRef<Block[]>([]);
  const blocks = useComputed(() => {
    kept.current = keepBlocks(toBlocks(model.events.value), kept.current);
    return kept.current;
  });
  /** Preact leaves alone what is the very node of the last time; a group draws itself again when a signal of its changes. */
  const groups = useMemo(() => new WeakMap<Block, VNode>(), [model, revision, attaching]);
  const drawn = (group: Extract<Block, { kind: 'group' }>): VNode => {
    const node = groups.get(group) ?? (
      <MessageGroup key={group.key} group={group} model={model} revision={revision} attaching={attaching} />
    );
    // Addresses of files do not last: they are asked for again by drawing.
    if (!group.events.some((event) => 'files' in event)) groups.set(group, node);
    return node;
  };
  const { conversation: text } = words.value;
  const events = model.events.value;
  const unsent = model.unsent.value;
  const typing = model.typing.value;

  const toEnd = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
    atEnd.current = true;
    news.value = false;
  };
  const readIfSeen = () => {
    if (atEnd.current && document.visibilityState === 'visible' && document.hasFocus()) model.markRead();
  };
  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    before.current.top = element.scrollTop;
    if (atEnd.current) news.value = false;
    if (element.scrollTop < NEAR_START && model.hasOlder.peek()) model.loadOlder();
    readIfSeen();
  };

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const oldest = events[0]?.seq ?? 0;
    const was = before.current;
    if (was.oldest > oldest && was.oldest > 0) element.scrollTop = was.top + element.scrollHeight - was.height;
    else if (atEnd.current || unsent.length > 0) toEnd();
    before.current = { oldest, height: element.scrollHeight, top: element.scrollTop };
  }, [events, unsent.length, typing.length]);
  const last = events.at(-1);
  useEffect(() => {
    if (!atEnd.current && last && last.author.id !== desk.me.id) news.value = true;
    readIfSeen();
  }, [last?.seq]);
  useEffect(() => {
    const over = new AbortController();
    const { signal } = over;
    document.addEventListener('visibilitychange', readIfSeen, { signal });
    addEventListener('focus', readIfSeen, { signal });
    const observer = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
    });
    // Scrolled by keyboard too.
    if (box.current) box.current.tabIndex = 0;
    if (box.current) observer.observe(box.current);
    return () => {
      over.abort();
      observer.disconnect();
    };
  }, []);

  const names = typing.map(({ kind, name }) => {
    const visitor = model.person.value;
    return kind === 'operator' || !visitor ? name : visitorName(visitor, words.value);
  });
  const isEmpty = events.length === 0 && unsent.length === 0;
  return (
    <div class="thread-place">
      <section class="thread" ref={box} onScroll={onScroll} aria-label={text.log}>
        <div class="thread-inner">
          {model.hasOlder.value ? (
            <p class="thread-older" role="status">
              {model.loadingOlder.value ? text.older : ' '}
            </p>
          ) : (
            events.length > 0 && <p class="thread-older">{text.start}</p>
          )}
          {isEmpty && <EmptyThread model={model} />}
          <div role="log" aria-live="polite" aria-relevant="additions">
            {blocks.value.map((block) =>
              block.kind === 'day' ? (
                <p class="day" key={block.key}>
                  <span>{dayWords(language.value, block.at, desk.clock.coarse.value, text)}</span>
                </p>
              ) : block.kind === 'system' ? (
                <SystemLine key={block.key} event={block.event} />
              ) : (
                drawn(block)
              ),
            )}
            <UnsentMessages model={model} />
          </div>
          <p class="typing" aria-live="polite">
            {names.length > 0 && (
              <>
                <span class="typing-dots" aria-hidden="true">
                  <i />
                  <i />
                  <i />
                </span>
                {names.length === 1 ? text.typing(names[0] ?? '') : text.typingMany(names.join(', '))}
              </>
            )}
          </p>
        </div>
      </section>
      {news.value && (
        <button type="button" class="to-end" onClick={toEnd}>
          <Icon name="down" size={16} /> {text.newMessages}
        </button>
      )}
    </div>
  );
}
