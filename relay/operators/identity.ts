import type { OperatorRole } from '../protocol/index.ts';

/** Who an operator's socket belongs to, as its cookie and hello proved. */
export interface OperatorIdentity {
  siteId: string;
  operatorId: string;
  name: string;
  role: OperatorRole;
  /** The sign-in behind the socket; when it is revoked the socket is closed. */
  sessionId: string;
  outbox: { id: string; next: number };
}
