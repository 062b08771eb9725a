import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { closeCode } from '../protocol/close-codes.ts';
import type { Connection } from './connection.ts';

/**
 * Answers a request with an event stream that is a connection: each frame is one `data:` block, the end an
 * `event: close` with the code. What the client has to say comes by POST.
 */
export function sseAnswer(
  context: Context,
  accept: (connection: Connection) => { receive(raw: string): void; gone(): void },
  hello: string,
): Response {
  // Proxies that gather an answer before they pass it on are told not to.
  context.header('x-accel-buffering', 'no');
  return streamSSE(context, async (stream) => {
    let owed = 0;
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const write = (event: string | undefined, data: string) => {
      owed += data.length;
      stream.writeSSE(event ? { event, data } : { data }).then(
        () => {
          owed -= data.length;
        },
        () => end(),
      );
    };
    const session = accept({
      send: (payload) => write(undefined, payload),
      close: (name) => {
        write('close', String(closeCode(name)));
        setTimeout(end, 50);
      },
      owed: () => owed,
    });
    stream.onAbort(end);
    session.receive(hello);
    await ended;
    session.gone();
  });
}
