import type { VNode } from 'preact';
import { createFileAddresses } from '../../relay/client/file-addresses.ts';
import { revised, type ShownEvent } from '../../relay/client/revised.ts';
import type { Uploads } from '../../relay/client/uploads.ts';
import type { AttachedFile, LogEvent } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import { Icon, PATHS } from '../base/icons.tsx';
import type { Line } from '../chat/model.ts';
// So that what both draw with stays in the window's own file, and is not one more download.
import '../app.tsx';
import css from './content.css?inline';
import { sizeWords, uploadList } from './upload-list.tsx';
import { contentWords } from './words.ts';

/** What goes with a message beside its words. */
export interface Extras {
  files?: string[];
}

/** What messages hold beside their words. */
export interface Content {
  /** The events as they are to be shown. */
  shown(events: readonly LogEvent[]): ShownEvent[];
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

/** Makes the part; it is loaded when a message needs it. */
export default function contentPart(app: AppContext, shown: () => string): Content {
  const { host, session, options, kept } = app.core;
  const { key: site, locale } = session.site;
  const words = contentWords[locale];
  const base = `${options.relay}/api/visitor/uploads`;
  const headers = { authorization: `Bearer ${session.token}` };
  const lists = new Map<string, Uploads>();
  /** What was attached here, for messages that have no event yet. */
  const mine = new Map<string, AttachedFile>();
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
    const link = { ...(href && { href }), target: '_blank', rel: 'noopener' };
    if (width && height && /^image\/(?!svg)/.test(mime))
      return (
        <a key={id} class="fd-picture" {...link}>
          <img {...(href && { src: href })} width={width} height={height} alt={name} />
        </a>
      );
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

  const content: Content = {
    shown: revised,
    after({ event, command }) {
      const parts: VNode[] = [];
      const waiting = command?.files?.flatMap((id) => mine.get(id) ?? []);
      const files = (event && 'files' in event ? event.files : waiting) ?? [];
      if (files.length) parts.push(<div class="fd-files">{files.map(attachment)}</div>);
      if (event?.type !== 'message') return parts;
      if (event.deleted) parts.push(<p class="fd-removed">{words.deleted}</p>);
      else if (event.edited) parts.push(<small class="fd-edited">{words.edited}</small>);
      return parts;
    },
    above(conversation) {
      const list = lists.get(conversation);
      if (!list && kept.get(nameOf(conversation))) listOf(conversation).then(app.update, () => {});
      return list ? uploadList(app, list) : null;
    },
    ready(conversation) {
      const list = lists.get(conversation);
      if (!list?.items.length) return false;
      return list.settled ? true : undefined;
    },
    take(conversation) {
      const files = lists.get(conversation)?.take() ?? [];
      for (const file of files) mine.set(file.id, file);
      return files.length ? { files: files.map(({ id }) => id) } : {};
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
      listOf(shown()).then(
        (list) => list.add(files),
        () => {},
      );
    },
  };
  return content;
}
