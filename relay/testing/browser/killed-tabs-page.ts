/** What `killed-tabs.spec.ts` calls inside of a page: the shipped client, with nothing to see. */
import { createVisitorClient, type VisitorClient } from '../../client/visitor.ts';

let client: VisitorClient | undefined;

const page = {
  async open(token: string) {
    client = await createVisitorClient({
      ...{ relay: location.origin, site: 'demo', token: () => token, durable: true },
      left() {},
      page: () => ({ url: location.href, title: '', referrer: '' }),
    });
    const welcome = new Promise((resolve) => client?.on('welcome', resolve));
    client.connect();
    await welcome;
  },
  /** Says so many things, one when the other is kept; each that is kept is told at once to the test. */
  async say(name: string, count: number) {
    const told = globalThis as unknown as { kept(text: string): Promise<void> };
    for (let i = 0; i < count; i++) {
      const text = `${name}.${i}`;
      await client?.command({ type: 'message:send', conversation: client.current, text });
      told.kept(text);
    }
  },
  pending: () => client?.outbox.pending.length ?? -1,
};
export type KilledTabsPage = typeof page;
Object.assign(globalThis, { lab: page });
