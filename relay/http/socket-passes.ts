import type { IncomingMessage } from 'node:http';
import type { Limits } from '../bus/limits.ts';
import type { OperatorPass } from '../conversations/operator-frames.ts';
import type { VisitorPass } from '../conversations/visitor-frames.ts';
import { passGate } from '../operators/gate.ts';
import { type GuardDeps, signedInBy } from '../operators/guards.ts';
import { FrontdeskError } from '../protocol/errors.ts';

export interface SocketPassDeps {
  limits: Limits;
  addressOf(request: IncomingMessage): string;
  isSecure(request: IncomingMessage): boolean;
  isOwnOrigin(origin: string): boolean;
  /** The site of a key as a page of this origin may use it. Throws when unknown or not allowed. */
  siteFor(key: string, origin: string | undefined): Promise<{ id: string; key: string }>;
  signedIn: GuardDeps;
}

/** What a request has to prove before it becomes a socket, for each of the two roles [HS2]. */
export function socketPasses({ limits, addressOf, isSecure, isOwnOrigin, siteFor, signedIn }: SocketPassDeps) {
  return {
    async visitor(request: IncomingMessage): Promise<VisitorPass> {
      const address = addressOf(request);
      await limits.take('socket', { address });
      const key = new URL(request.url ?? '', 'http://relay').searchParams.get('site') ?? '';
      const site = await siteFor(key, request.headers.origin);
      return { siteId: site.id, siteKey: site.key, address };
    },
    async operator(request: IncomingMessage): Promise<OperatorPass> {
      await limits.take('socket', { address: addressOf(request) });
      const { origin, cookie } = request.headers;
      if (origin !== undefined && !isOwnOrigin(origin)) throw new FrontdeskError('forbidden-origin');
      const found = await signedInBy(signedIn, cookie, isSecure(request));
      if (!found) throw new FrontdeskError('unauthorised');
      passGate(found.owes);
      return { operatorId: found.operator.id, name: found.operator.name, sessionId: found.session.id };
    },
  };
}
