import type { VNode } from 'preact';
import { LIMITS } from '../../relay/protocol/limits.ts';
import type { AppContext } from '../app.tsx';
import { Icon, PATHS } from '../base/icons.tsx';
import { Avatar, Failed, Skeleton } from '../base/states.tsx';
import type { Trigger } from '../core.ts';
import { createAround } from './around.tsx';
import css from './chat.css?inline';
import { contentLater } from './content-later.ts';
import { bubble, linked } from './message.tsx';
import { type ChatModel, createChat, type Line } from './model.ts';
import { tongue } from './tongue.ts';

/** The chat as the window uses it. */
export interface ChatPart extends Pick<ChatModel, 'draft'> {
  screen(conversation?: string): VNode | undefined;
  history(): VNode | undefined;
  title(): VNode | undefined;
  composer(): VNode | undefined;
}

/** A paper clip, after lucide's icons (ISC). */
const CLIP = 'm16 6-8.4 8.6a2 2 0 0 0 2.8 2.8l8.4-8.6a4 4 0 1 0-5.6-5.6L4.8 12a6 6 0 1 0 8.4 8.4L21 12';
const GROUP_MS = 60_000;
const NEAR_PX = 80;
/** From here on a message comes without motion: each frame of it looks through all messages. */
const LONG = 300;

/** Makes the chat, which shows any conversation of the visitor's. */
export default function chatPart(app: AppContext): ChatPart {
  const { core, words } = app;
  const { host, session, availability, open, over } = core;
  const { site } = session;
  const content = contentLater(app, () => model);
  const model: ChatModel = createChat(app, content);
  const around = createAround(app, model);
  // Made once: a format takes longer to make than a message to draw.
  const days = new Intl.DateTimeFormat(tongue(site.locale), { day: 'numeric', month: 'long' });
  const clock = new Intl.DateTimeFormat(tongue(site.locale), { timeStyle: 'short' });
  const shown = { id: '', height: 0, first: '', last: '' };
  host.sheet(css);

  /** Whoever points at messages, or goes to them by keyboard, may want to answer one. */
  const wake = () => content.part || content.use(() => {});
  const attach = site.locale === 'ru' ? 'Прикрепить файлы, до 20 МБ' : 'Attach files, up to 20 MB';
  for (const type of ['paste', 'dragover', 'drop'])
    host.frame.addEventListener(
      type,
      (event) => {
        const data = (event as ClipboardEvent).clipboardData ?? (event as DragEvent).dataTransfer;
        const files = [...(data?.files ?? [])];
        if (!data?.types.includes('Files')) return;
        event.preventDefault();
        content.use((part) => part.add(files));
      },
      { signal: over },
    );
  const current = () => app.live?.session.current || session.conversation.id;
  const dayOf = (at: number) => {
    const ago = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
    return ago === 0 ? words.today : ago === 1 ? words.yesterday : days.format(at);
  };
  /** Keeps the end in sight, or what was being read when something is put above it. */
  const settle = (lines: Line[]) => {
    const body = app.box.querySelector<HTMLElement>('.fd-body');
    // Nothing has a height while a page that swaps its body has us out of it.
    if (!body?.clientHeight) return;
    const [first, last] = [lines[0]?.id ?? '', lines.at(-1)?.id ?? ''];
    const id = model.shown();
    const below = shown.height - body.scrollTop - body.clientHeight;
    const mine = lines.at(-1)?.mine && last !== shown.last;
    // Under a form, nothing may move.
    if (!around.closed) {
      if (shown.id !== id || !shown.last || mine || below < NEAR_PX) body.scrollTop = body.scrollHeight;
      else if (first !== shown.first) body.scrollTop += body.scrollHeight - shown.height;
    }
    Object.assign(shown, { id, height: body.scrollHeight, first, last });
    if (open.value && !document.hidden) app.live?.read(id);
    const older = () => {
      if (body.scrollTop < NEAR_PX * 3 && model.more(id) && !model.failed) model.older(id);
    };
    body.onscroll = older;
    older();
  };
  document.addEventListener('visibilitychange', app.update, { signal: over });

  const joins = (a?: Line, b?: Line) =>
    a?.kind !== 'status' &&
    b?.kind !== 'status' &&
    a?.mine === b?.mine &&
    a?.authorId === b?.authorId &&
    Math.abs((a?.at ?? 0) - (b?.at ?? 0)) < GROUP_MS;
  /** What was drawn of a line, and what that hangs on beside the line itself. */
  const drawn = new WeakMap<Line, { nodes: unknown; before: Line | undefined; after: Line | undefined; on: string }>();
  const draw = (line: Line, before: Line | undefined, after: Line | undefined, on: string) => {
    const known = drawn.get(line);
    if (known && known.before === before && known.after === after && known.on === on) return known.nodes;
    const { id, at, kind, event, state } = line;
    const day = dayOf(at);
    const said = kind === 'status' && event && app.more?.said(event);
    const nodes = [
      (!before || dayOf(before.at) !== day) && (
        <li key={`day-${id}`} class="fd-day">
          {day}
        </li>
      ),
      kind === 'status' ? (
        <li key={id} class="fd-day">
          {said}
        </li>
      ) : (
        bubble(
          app,
          model,
          content.part,
          line,
          clock.format(at),
          !joins(before, line),
          !joins(line, after) || state === 'failed',
        )
      ),
    ];
    // Words may be on their way, and addresses of files do not last.
    if (said !== undefined && event && !('files' in event)) drawn.set(line, { nodes, before, after, on });
    return nodes;
  };
  let lines: Line[] = [];
  let log: VNode | undefined;
  const logOf = (conversation: string, invitation: Trigger | null | false) => {
    lines = model.lines(conversation);
    const talking = model.writing(conversation);
    const on = `${content.part} ${new Date().getDate()}`;
    return (
      <div class="fd-log" role="log" aria-label={words.chat}>
        <ol class="fd-messages" data-long={lines.length > LONG} onPointerOver={wake}>
          {lines.map((line, i) => draw(line, lines[i - 1], lines[i + 1], on))}
          {invitation && (
            <li class="fd-message fd-message-operator fd-message-last" key="invitation">
              <Avatar name={invitation.from} id={invitation.from} />
              <div class="fd-bubble">
                <small>{invitation.from}</small>
                <p>{linked(invitation.text)}</p>
              </div>
            </li>
          )}
          {talking && (
            <li class="fd-message fd-message-operator fd-typing" key="typing" aria-label={`${talking} ${words.typing}`}>
              <span class="fd-avatar-room" />
              <div class="fd-bubble">
                <i />
                <i />
                <i />
              </div>
            </li>
          )}
        </ol>
      </div>
    );
  };

  return {
    get draft() {
      return model.draft;
    },
    set draft(text) {
      model.draft = text;
    },
    history: () => around.draw('history') as VNode | undefined,
    screen(conversation = current()) {
      const { live } = app;
      if (!live) return;
      const more = model.more(conversation);
      const mine = conversation === current();
      const { online } = availability.value;
      const invitation = mine && core.invitation.value;
      app.settled(() => settle(lines));
      if (!log || !model.typed) log = logOf(conversation, invitation);
      model.typed = false;
      return (
        <div class="fd-chat fd-page">
          {more && !lines.length && !model.failed && <Skeleton rows={5} />}
          {model.failed && <Failed words={words} retry={() => model.older(conversation)} />}
          {mine && !more && online && (
            <div class="fd-welcome">
              <p>{linked(site.texts.chatWelcome || words.chatWelcome)}</p>
            </div>
          )}
          {log}
          {around.below()}
        </div>
      );
    },
    title() {
      const conversation = app.live?.session.conversations.get(model.shown());
      const { online, operators } = availability.value;
      const who = conversation?.operator ?? (operators.length === 1 ? operators[0] : undefined);
      const here = who ? operators.some(({ id }) => id === who.id) : online;
      return (
        <>
          <span class="fd-title fd-who">
            {who && <Avatar {...who} />}
            <span>
              <b>
                {conversation?.channel === 'email' ? (conversation.subject ?? words.email) : (who?.name ?? words.chat)}
              </b>
              <small class={here ? 'fd-here' : 'fd-gone'}>
                {conversation?.reference ?? (here ? words.online : words.offline)}
              </small>
            </span>
          </span>
          {around.menu()}
        </>
      );
    },
    composer() {
      const { draft } = model;
      if (around.closed) return;
      return (
        <form
          class="fd-composer"
          onSubmit={(event) => {
            event.preventDefault();
            model.send();
          }}
        >
          {content.part?.above(model.shown())}
          <label class="fd-grow" data-text={`${draft} `}>
            <textarea
              rows={1}
              data-focus
              enterkeyhint="send"
              maxLength={LIMITS.messageChars}
              aria-label={words.compose}
              placeholder={words.compose}
              value={draft}
              onInput={(event) => model.type(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Tab') wake();
                if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
                event.preventDefault();
                model.send();
              }}
            />
          </label>
          <button
            type="button"
            class="fd-tool fd-attach"
            aria-label={attach}
            title={attach}
            onClick={() => content.use((part) => part.pick())}
          >
            <Icon d={CLIP} />
          </button>
          {around.emoji()}
          <button type="submit" class="fd-tool fd-send" aria-label={words.send} disabled={!model.ready}>
            <Icon d={PATHS.send} />
          </button>
        </form>
      );
    },
  };
}
