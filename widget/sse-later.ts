import type { OpenWire, Wire } from '../relay/client/wire.ts';

/** The wire of event streams, fetched only where WebSocket is blocked; the build puts it in place of the client's own import. */
export function sseWire(base: string): OpenWire {
  return (hello, events) => {
    let wire: Wire | undefined;
    let over = false;
    import('../relay/client/sse-wire.ts').then(
      (part) => {
        if (!over) wire = part.sseWire(base)(hello, events);
      },
      () => {
        if (!over) events.closed(1006);
      },
    );
    return {
      send: (frame) => wire?.send(frame),
      close() {
        over = true;
        wire?.close();
      },
    };
  };
}
