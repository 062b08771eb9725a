import type { VNode } from 'preact';
import { createFileAddresses } from '../../relay/client/file-addresses.ts';
import { revised, type ShownEvent } from '../../relay/client/revised.ts';
import type { Uploads } from '../../relay/client/uploads.ts';
import type { AttachedFile, LogEvent } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import { bearer } from '../base/fetch.ts';
import { Icon, PATHS } from '../base/icons.tsx';
import type { ChatModel, Line } from '../chat/model.ts';
import css from './content.css?inline';
import { CROSS, sizeWords, uploadList } from './upload-list.tsx';
import { contentWords } from './words.ts';

/** What goes with a message beside its words. */
export interface Extras {
  files?: string[];
  quote?: number;
}

/** What messages hold beside their words. */
export interface Content {
  /** The events as they are to be shown. */
  shown(events: readonly LogEvent[]): ShownEvent[];
  /** What stands before a message's words: what it answers. */
  before(line: Line): VNode | null;
  /** What can be done with a message. */
  actions(line: Line): VNode | null;
  /** What stands behind a message's words. */
  after(line: Line): VNode[];
  /** What stands over the composer of a conversation. */
  above(conversation: string): VNode | null;
  /** Whether there is something to send without words: yes, no, or not yet. */
  ready(conversation: string): boolean | undefined;
  /** What goes with the message that is sent now. */
  take(conversation: string): Extras;
  /** Lets the visitor choose files. */
  pick(): void;
  /** Files that were pasted, dropped or chosen; taken where there is a composer. */
  add(files: readonly File[]): void;
}

interface Quoted {
  name: string;
  text: string;
  files?: number | undefined;
  deleted?: true | undefined;
}

const TALLEST_PX = 240;
const REPLY = 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 6 6v5';

/** Makes the part; it is loaded when a message needs it. */
export default function contentPart(app: AppContext, chat: ChatModel): Content {
  const { host, session, options, kept } = app.core;
  const { key: site, locale } = session.site;
  const words = contentWords[locale];
  const base = `${options.relay}/api/visitor/uploads`;
  const headers = {
    get authorization() {
      return bearer(app.core);
    },
  };
  const lists = new Map<string, Uploads>();
  /** What was attached here, for messages that have no event yet. */
  const mine = new Map<string, AttachedFile>();
  /** Which message the composer answers. */
  const answering = new Map<string, ShownEvent>();
  host.sheet(css);

  const addresses = createFileAddresses(async (files) => {
    const answer = await fetch(`${base}/addresses`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ site, files }),
    });
    return (await answer.json()).addresses;
  }, app.update);

  const nameOf = (conversation: string) => `files:${conversation}`;
  /** The list of a conversation's composer; the code for it is a part of its own. */
  const listOf = async (conversation: string) => {
    const { createUploads } = await import('../../relay/client/uploads.ts');
    const known = lists.get(conversation);
    if (known) return known;
    const list = createUploads({
      address: (name) => `${base}?site=${site}&name=${encodeURIComponent(name)}`,
      headers,
      kept: kept.get<AttachedFile[]>(nameOf(conversation)) ?? [],
      over: app.core.over,
      changed(ready) {
        kept.set(nameOf(conversation), ready.length ? ready : null);
        app.update();
      },
    });
    lists.set(conversation, list);
    return list;
  };

  const attachment = ({ id, name, size, mime, width, height }: AttachedFile) => {
    const address = addresses.of(id);
    const href = address ? options.relay + address : undefined;
    const link = { ...(href && { href }), target: '_blank', rel: 'noopener noreferrer nofollow ugc' };
    if (width && height && /^image\/(?!svg)/.test(mime)) {
      // Its place is kept before it comes, also while there is no address: nothing moves that is being read.
      const scale = Math.min(1, TALLEST_PX / height);
      const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
      return (
        <a key={id} class="fd-picture" {...link}>
          {href ? <img src={href} {...size} alt={name} /> : <canvas {...size} role="img" aria-label={name} />}
        </a>
      );
    }
    return (
      <a key={id} class="fd-file" {...link}>
        <Icon d={PATHS.text} />
        <span>
          <b>{name}</b>
          <small>{sizeWords(size, locale)}</small>
        </span>
      </a>
    );
  };

  const lineOf = (event: ShownEvent): Quoted => ({
    name: event.author.kind === 'visitor' ? words.you : event.author.name,
    text: 'text' in event ? event.text : '',
    files: 'files' in event ? event.files?.length : 0,
  });
  const quoted = ({ name, text, files, deleted }: Quoted) => (
    <span class="fd-quoted">
      <b>{name}</b>
      <span>{deleted ? words.deleted : text || (files ? `📎 ${files}` : '')}</span>
    </span>
  );
  /** Goes to a message, through older pages where it is not here yet. */
  const goTo = async (seq: number) => {
    const conversation = chat.shown();
    for (let pages = 0; pages < 40; pages++) {
      const found = app.box.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
      if (found || !chat.more(conversation) || chat.failed) {
        found?.scrollIntoView({ block: 'center' });
        found?.classList.add('fd-found');
        if (found) setTimeout(() => found.classList.remove('fd-found'), 1_500);
        return;
      }
      await chat.older(conversation);
      await new Promise((drawn) => requestAnimationFrame(drawn));
    }
  };

  let last: [of: readonly LogEvent[], shown: ShownEvent[]] = [[], []];

  const content: Content = {
    shown(events) {
      if (last[0] !== events) last = [events, revised(events)];
      return last[1];
    },
    before({ event, command }) {
      const number = command?.quote;
      const known = number && chat.lines(chat.shown()).find((one) => one.event?.seq === number)?.event;
      const quote = event?.type === 'message' ? event.quote : undefined;
      const line = quote?.line;
      if (event?.type === 'form') return event.subject === event.text ? null : <b>{event.subject}</b>;
      if (!line && !known) return null;
      const shown: Quoted = line
        ? { ...line, name: line.author === 'visitor' ? words.you : line.name }
        : lineOf(known as ShownEvent);
      return (
        <button type="button" class="fd-quote" onClick={() => goTo(quote?.message ?? number ?? 0)}>
          {quoted(shown)}
        </button>
      );
    },
    actions({ event }) {
      if (!event || !('text' in event) || ('deleted' in event && event.deleted)) return null;
      const reply = () => {
        answering.set(event.conversation, event);
        app.afterwards(() => app.box.querySelector<HTMLElement>('.fd-composer textarea')?.focus());
      };
      return (
        <button type="button" class="fd-tool fd-reply" aria-label={words.answer} title={words.answer} onClick={reply}>
          <Icon d={REPLY} />
        </button>
      );
    },
    after({ event, command }) {
      const parts: VNode[] = [];
      const waiting = command?.files?.flatMap((id) => mine.get(id) ?? []);
      const files = (event && 'files' in event ? event.files : waiting) ?? [];
      if (files.length) parts.push(<div class="fd-files">{files.map(attachment)}</div>);
      if (event?.type === 'form')
        parts.push(
          <dl>
            {event.fields.map(({ key, label, value }) => (
              <div key={key}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>,
        );
      if (event?.type !== 'message') return parts;
      if (event.deleted) parts.push(<p class="fd-removed">{words.deleted}</p>);
      else if (event.edited) parts.push(<small class="fd-edited">{words.edited}</small>);
      return parts;
    },
    above(conversation) {
      const list = lists.get(conversation);
      if (!list && kept.get(nameOf(conversation))) listOf(conversation).then(app.update, () => {});
      const event = answering.get(conversation);
      return (
        <>
          {event && (
            <div class="fd-answering">
              {quoted(lineOf(event))}
              <button
                type="button"
                class="fd-tool"
                aria-label={words.noAnswer}
                onClick={() => {
                  answering.delete(conversation);
                  app.update();
                }}
              >
                <Icon d={CROSS} />
              </button>
            </div>
          )}
          {list && uploadList(app, list)}
        </>
      );
    },
    ready(conversation) {
      const list = lists.get(conversation);
      if (!list?.items.length) return false;
      return list.settled ? true : undefined;
    },
    take(conversation) {
      const files = lists.get(conversation)?.take() ?? [];
      const quote = answering.get(conversation)?.seq;
      answering.delete(conversation);
      for (const file of files) mine.set(file.id, file);
      return { ...(files.length && { files: files.map(({ id }) => id) }), ...(quote && { quote }) };
    },
    pick() {
      const input = document.createElement('input');
      input.type = 'file';
      input.multiple = true;
      input.onchange = () => content.add([...(input.files ?? [])]);
      input.click();
    },
    add(files) {
      if (!files.length || !app.box.querySelector('.fd-composer')) return;
      listOf(chat.shown()).then(
        (list) => list.add(files),
        () => {},
      );
    },
  };
  return content;
}
