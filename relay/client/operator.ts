import type { OperatorCommand } from '../protocol/frames.ts';
import { PROTOCOL } from '../protocol/version.ts';
import { idbOutbox } from './idb-outbox.ts';
import { createSession, type Session } from './session.ts';
import { socketWire } from './socket-wire.ts';
import { browserTabs } from './tabs.ts';
import { wakeWithPage } from './wake.ts';

export interface OperatorClientOptions {
  /** The relay's address without a trailing slash. */
  relay: string;
  site: string;
  /** Whose outbox it is: two operators of one browser do not share it. */
  operatorId: string;
}

/** Makes an operator's session in the console: the cookie proves them, the outbox is kept in IndexedDB. */
export async function createOperatorClient(options: OperatorClientOptions): Promise<Session<OperatorCommand>> {
  const { relay, site, operatorId } = options;
  const name = `frontdesk:${relay}:${site}:operator:${operatorId}`;
  const session = createSession<OperatorCommand>({
    wires: [socketWire(`${relay.replace(/^http/, 'ws')}/api/v1/socket`)],
    store: await idbOutbox(name),
    tabs: browserTabs(name),
    hello: (common) => ({ type: 'hello', role: 'operator', protocol: PROTOCOL, site, ...common }),
  });
  const over = new AbortController();
  wakeWithPage(session, over.signal);
  return {
    ...session,
    get state() {
      return session.state;
    },
    destroy() {
      over.abort();
      session.destroy();
    },
  };
}
