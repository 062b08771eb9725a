import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn, until } from '../testing/clients.ts';
import { Device } from '../testing/device.ts';
import { rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

interface Card {
  attributes: Record<string, unknown>;
  visitor: { attributes: object; visits: { events: { name: string; data: object }[] }[] };
}

/** What a page tells of visitor, conversation and visit, by real requests and sockets, on one engine. */
export function toldContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`what a page tells, over ${engine}`, () => {
    let relay: TestRelay;
    let cookie: string;
    const device = async () => {
      const made = new Device(relay);
      await made.load();
      return made;
    };
    const cardOf = async (of: Device) =>
      (await (
        await fetch(`${relay.url}/api/v1/sites/shop/conversations/${of.chat}`, { headers: { cookie } })
      ).json()) as Card;

    beforeAll(async () => {
      relay = await startTestRelay({ databaseUrl: await database() });
      cookie = await signIn(relay, relay.owner);
    }, 60_000);
    afterAll(() => relay.stop());

    test('[J5] of a conversation: before it is begun and after, each name by itself, null takes one away', async () => {
      const page = await device();
      await page.post('identify', { conversation: { cart: 'QL-88', urgent: true, gone: 'x' } });
      await page.post('identify', { conversation: { gone: null, total: 12.5 } });
      await page.send([page.message('hello')]);
      await page.post('identify', { conversation: { cart: 'QL-89' } });
      expect((await cardOf(page)).attributes).toEqual({ cart: 'QL-89', urgent: true, total: 12.5 });
      // Of this conversation alone, and not of the visitor.
      expect((await cardOf(page)).visitor.attributes).toEqual({});
      expect((await cardOf(await device())).attributes).toEqual({});
    });

    test('[J5] many tabs at once: every name arrives, of one name the last one stands', async () => {
      const page = await device();
      const names = Array.from({ length: 12 }, (_, i) => `name${i}`);
      await Promise.all(
        names.flatMap((name) => [
          page.post('identify', { conversation: { [name]: 1 } }),
          page.post('identify', { attributes: { [name]: 2 } }),
        ]),
      );
      const { attributes, visitor } = await cardOf(page);
      expect(Object.keys(attributes).sort()).toEqual([...names].sort());
      expect(Object.keys(visitor.attributes).sort()).toEqual([...names].sort());
    });

    test('[J5] more than a limit allows changes nothing and says so', async () => {
      const page = await device();
      const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`n${i}`, 1]));
      for (const conversation of [many, { long: 'x'.repeat(10_000) }, { nested: { a: 1 } }, { '1st': 1 }]) {
        const { status, body } = await page.post<{ error: { code: string } }>('identify', { conversation });
        expect([status, body.error.code]).toEqual([400, 'bad-request']);
      }
      expect((await cardOf(page)).attributes).toEqual({});
    });

    test('[J5] of a visit: events stand in the order they were told in, up to the limit', async () => {
      const page = await device();
      const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
      socket.send(visitorHello(page.token));
      await socket.heard('welcome');
      const names = Array.from({ length: 30 }, (_, i) => `step ${i}`);
      for (const [i, name] of names.entries()) socket.send({ type: 'track', name, data: { i } });
      const events = async () => (await cardOf(page)).visitor.visits.flatMap(({ events: told }) => told);
      const told = await until(async () => {
        const all = await events();
        return all.length >= names.length && all;
      }, 'the trail');
      expect(told.map(({ name, data }) => ({ name, data }))).toEqual(names.map((name, i) => ({ name, data: { i } })));
      socket.send({ type: 'track', name: '', data: {} });
      expect((await socket.heard('error')) as { code?: string }).toMatchObject({ code: 'empty' });
      socket.close();
    });
  });
}
