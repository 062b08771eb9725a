import type {
  ClientFrame,
  LogEvent,
  RelayFrame,
  VisitorConversation,
  VisitorWelcome,
} from '../../relay/protocol/index.ts';
import type { Answers } from './answers.ts';
import type { Scene } from './scenes.ts';

/** A socket that answers as a relay would in this scene; only what the widget uses of one. */
const socketOf = (answers: Answers, scene: Scene) =>
  class GallerySocket {
    readyState = 0;
    onopen?: () => void;
    onmessage?: (message: { data: string }) => void;
    onclose?: (event: { code: number }) => void;
    seq = 50;

    constructor() {
      setTimeout(() => {
        if (scene.line === 'refused') this.onclose?.({ code: 4003 });
        else if (!scene.line) {
          this.readyState = 1;
          this.onopen?.();
        }
      });
    }

    tell(frame: RelayFrame): void {
      setTimeout(() => this.onmessage?.({ data: JSON.stringify(frame) }));
    }

    send(text: string): void {
      const frame = JSON.parse(text) as ClientFrame;
      if (frame.type === 'hello') {
        this.tell(welcome(answers, scene));
        setInterval(() => this.tell({ type: 'heartbeat', tops: {} }), 10_000);
        for (const told of scene.frames ?? []) {
          this.tell(told);
          if (told.type === 'typing') setInterval(() => this.tell(told), 3_000);
        }
      }
      if (frame.type === 'queue' && scene.queue)
        this.tell({ type: 'queue', conversation: answers.chat.id, ...scene.queue });
      if ('n' in frame && scene.verdict !== 'none') {
        const { id, n } = frame;
        if (scene.verdict === 'reject')
          this.tell({ type: 'reject', id, n, code: 'bad-frame', message: 'Refused for the gallery.' });
        else
          this.tell({
            ...{ type: 'ack', id, n, conversation: answers.chat.id, seq: ++this.seq, at: new Date().toISOString() },
            ...(frame.type === 'form:submit' && { reference: '7K2-MPX' }),
          });
      }
    }

    close(): void {
      this.readyState = 3;
    }
  };

const headOf = (answers: Answers, { head, events = [] }: Scene): VisitorConversation => ({
  ...answers.chat,
  seq: events.length,
  ...head,
});

const welcome = (answers: Answers, scene: Scene): VisitorWelcome => ({
  ...{ type: 'welcome', role: 'visitor', protocol: 1, epoch: 'gallery', heartbeatMs: 10_000, next: 1 },
  now: new Date().toISOString(),
  visitor: answers.session.visitor.id,
  conversation: answers.chat.id,
  conversations: [...(scene.events ? [headOf(answers, scene)] : []), ...(scene.letters ? [answers.letter] : [])],
  availability: scene.away ? answers.away : answers.here,
});

/** Uploads that stay on their way. */
class GalleryUpload {
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  open(): void {}
  setRequestHeader(): void {}
  abort(): void {}
  send(): void {
    setTimeout(() => this.upload.onprogress?.({ loaded: 3, total: 5 }));
  }
}

/** Replaces what reaches the relay, on this page alone: the widget is the real one, its relay is made of cards. */
export function playRelay(answers: Answers, scene: Scene): void {
  const session = {
    ...answers.session,
    ...scene.session,
    site: { ...answers.site, ...scene.site },
    availability: scene.away ? answers.away : answers.here,
    conversation: {
      ...answers.session.conversation,
      exists: Boolean(scene.events),
      unread: scene.unread ?? 0,
      seq: scene.events?.length ?? 0,
    },
  };
  const events = (before: number): LogEvent[] => (scene.events ?? []).filter(({ seq }) => seq < before);
  const real = globalThis.fetch;
  const answer = (path: string, query: URLSearchParams): unknown => {
    if (path === 'session') return session;
    if (path === 'articles') {
      const asked = query.get('q');
      if (!asked) return { articles: answers.hits.map((hit) => ({ ...hit, snippet: '' })) };
      return { articles: asked.includes('…') ? [] : answers.hits };
    }
    if (/^articles\/.*\/(views|votes)$/.test(path)) return { helped: null };
    if (path.startsWith('articles/')) return answers.article;
    if (path.startsWith('conversations/')) return { events: events(Number(query.get('before') ?? 1e9)) };
    if (path === 'uploads/addresses')
      return { addresses: Object.fromEntries((scene.files ?? []).map((id) => [id, '/demo/assets/gaiwan.svg'])) };
    return {};
  };
  globalThis.fetch = async (input, init) => {
    const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input, location.href);
    const path = /^\/api\/visitor\/(.*)/.exec(pathname)?.[1];
    if (path === undefined) return real(input, init);
    if (scene.hangs?.test(path)) return new Promise<Response>(() => {});
    if (scene.fails?.test(path)) throw new TypeError('The gallery lets this fail.');
    if (path === 'events' || path === 'commands') return new Promise<Response>(() => {});
    return new Response(JSON.stringify(answer(path, searchParams)), {
      headers: { 'content-type': 'application/json' },
    });
  };
  Object.assign(globalThis, { WebSocket: socketOf(answers, scene), XMLHttpRequest: GalleryUpload });
  if (scene.offline) Object.defineProperty(navigator, 'onLine', { get: () => false });
}
