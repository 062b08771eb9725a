import type { ClientFrame, OperatorHello, RelayFrame, VisitorHello } from '../protocol/frames.ts';

export type Hello = VisitorHello | OperatorHello;

/** What a wire tells its line. `closed` comes exactly once, whoever closed it. */
export interface WireEvents {
  frame(frame: RelayFrame): void;
  closed(code: number): void;
}

/** One open way to the relay: a WebSocket, or an event stream with POSTed commands. It has sent the hello itself. */
export interface Wire {
  send(frame: ClientFrame): void;
  close(): void;
}

export type OpenWire = (hello: Hello, events: WireEvents) => Wire;
