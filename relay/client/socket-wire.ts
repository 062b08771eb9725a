import type { RelayFrame } from '../protocol/frames.ts';
import type { OpenWire } from './wire.ts';

/** The WebSocket wire; `url` is ws: or wss:. `Socket` is given where there is no global one. */
export function socketWire(url: string, Socket: typeof WebSocket = WebSocket): OpenWire {
  return (hello, events) => {
    const socket = new Socket(url);
    let over = false;
    const end = (code: number) => {
      if (over) return;
      over = true;
      events.closed(code);
    };
    socket.onopen = () => socket.send(JSON.stringify(hello));
    socket.onmessage = (message) => {
      if (!over) events.frame(JSON.parse(message.data) as RelayFrame);
    };
    socket.onclose = (event) => end(event.code);
    return {
      send: (frame) => {
        if (socket.readyState === 1) socket.send(JSON.stringify(frame));
      },
      close: () => {
        socket.close();
        // A half-open socket may take minutes to close; nothing of it is wanted any more.
        end(1000);
      },
    };
  };
}
