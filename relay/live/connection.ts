import type { CloseName } from '../protocol/close-codes.ts';

/** One line to a client, whatever carries it. The gateway and the event stream make these; sessions use them. */
export interface Connection {
  /** An already serialised frame. */
  send(payload: string): void;
  /** Closes with a code of the protocol. */
  close(name: CloseName): void;
  /** Bytes handed over that the client has not read yet. */
  owed(): number;
  /** Asks the other end for a sign of life that costs the page nothing; absent where the carrier has none. */
  ping?(): void;
}
