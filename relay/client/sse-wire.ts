import type { CloseCode } from '../protocol/close-codes.ts';
import type { ClientFrame, RelayFrame } from '../protocol/frames.ts';
import type { OpenWire } from './wire.ts';

/** Characters of one request, so that its bytes stay below what the relay takes (256 KB). */
const BATCH_CHARS = 60_000;

const closeCodes: Record<number, CloseCode> = { 401: 4001, 403: 4003, 404: 4004 };

/**
 * The wire for where WebSocket is blocked: relay frames come as an event stream that `fetch` reads, client frames go
 * by POST, one request at a time so that their order holds; verdicts come back in the answer. `base` is the relay's
 * address with the path of the role (`…/api/visitor`).
 */
export function sseWire(base: string): OpenWire {
  return (hello, events) => {
    const abort = new AbortController();
    let over = false;
    const waiting: ClientFrame[] = [];
    let posting = false;

    const { token, ...body } = hello as typeof hello & { token?: string };
    const post = (path: string, payload: unknown) =>
      fetch(base + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify(payload),
        signal: abort.signal,
      });
    const end = (code: number) => {
      if (over) return;
      over = true;
      abort.abort();
      events.closed(code);
    };
    const give = (frame: RelayFrame) => {
      if (!over) events.frame(frame);
    };

    const read = async () => {
      const answer = await post('/events', body);
      if (!answer.ok || !answer.body) return end(closeCodes[answer.status] ?? 1006);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return end(1006);
        const blocks = (rest + value).split('\n\n');
        rest = blocks.pop() as string;
        for (const block of blocks) {
          const data = block.match(/^data: ?(.*)$/m)?.[1];
          const code = block.match(/^event: ?close$/m);
          if (data && code) end(Number(data));
          else if (data) give(JSON.parse(data) as RelayFrame);
        }
      }
    };

    /** As many of those that wait as fit into one request, one at least. */
    const nextBatch = () => {
      let chars = 0;
      const fits = waiting.findIndex((frame) => {
        chars += JSON.stringify(frame).length;
        return chars > BATCH_CHARS;
      });
      return waiting.splice(0, fits < 0 ? waiting.length : Math.max(1, fits));
    };
    const flush = async () => {
      if (posting) return;
      posting = true;
      while (waiting.length && !over) {
        const answer = await post('/commands', { hello: body, frames: nextBatch() });
        // What was on the way is still in the outbox and goes again over the next wire.
        if (!answer.ok) return end(1006);
        for (const frame of ((await answer.json()) as { frames: RelayFrame[] }).frames) give(frame);
      }
      posting = false;
    };

    read().catch(() => end(1006));
    return {
      send: (frame) => {
        waiting.push(frame);
        flush().catch(() => end(1006));
      },
      close: () => end(1000),
    };
  };
}
