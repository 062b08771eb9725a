import { generateKeyPairSync } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../testing/clients.ts';
import { Device, type SiteKey, tokenFor } from '../testing/device.ts';
import { makeToken } from '../testing/identity.ts';
import { rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

/** Signed-in visitors by real requests and sockets, on one engine. */
export function identifyContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`signed-in visitors over ${engine}`, () => {
    let relay: TestRelay;
    let cookie: string;
    let key: SiteKey;
    const ownerAsks = (method: string, path: string, body?: object) =>
      fetch(`${relay.url}/api/v1/sites/shop${path}`, {
        method,
        headers: { cookie, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
    const newKey = async () =>
      (await (await ownerAsks('POST', '/identity-keys', { kind: 'secret' })).json()) as SiteKey;
    const device = async () => {
      const made = new Device(relay);
      await made.load();
      return made;
    };
    const texts = async (of: Device) => [...(await of.reads()).values()].flat();

    beforeAll(async () => {
      relay = await startTestRelay({ databaseUrl: await database() });
      cookie = await signIn(relay, relay.owner);
      key = await newKey();
    }, 60_000);
    afterAll(() => relay.stop());

    test('[S3] [ID3] the first device that proves somebody becomes theirs, and its token changes', async () => {
      const phone = await device();
      const old = phone.token;
      await phone.send([phone.message('hello')]);
      const { reply } = await phone.identify(tokenFor(key, 'ada', { name: 'Ada', email: 'ada@example.com' }));
      expect(reply.visitor).toMatchObject({ name: 'Ada', email: 'ada@example.com', verified: true });
      expect(phone.token).not.toBe(old);
      // The old one is good until the new one was used, and then void.
      expect((await phone.post('identify', {}, old)).status).toBe(200);
      await phone.load();
      expect((await phone.post('identify', {}, old)).status).toBe(401);
      expect(await texts(phone)).toEqual(['hello']);
    });

    test('[S3] [ID4] another device joins: one history, with what it wrote before; each goes on with its own', async () => {
      const [phone, laptop] = [await device(), await device()];
      await phone.identify(tokenFor(key, 'bea'));
      await phone.send([phone.message('from the phone')]);
      await laptop.send([laptop.message('before signing in')]);
      await laptop.identify(tokenFor(key, 'bea'));
      for (const one of [phone, laptop])
        expect((await texts(one)).sort()).toEqual(['before signing in', 'from the phone']);
      await laptop.load();
      await laptop.send([laptop.message('from the laptop')]);
      await phone.load();
      expect(phone.chat).toBe(laptop.chat);
      expect(await phone.history(phone.chat)).toEqual(['from the phone', 'from the laptop']);
    });

    test('[CL4] a bar goes along when a device joins, whichever of the two had it', async () => {
      const { store } = relay;
      const { visitors: v } = store.t;
      for (const which of ['phone', 'laptop'] as const) {
        const [phone, laptop] = [await device(), await device()];
        await phone.identify(tokenFor(key, `barred-${which}`));
        const barred = { phone, laptop }[which];
        const id = (await barred.load()).visitor.id;
        await store.tx((db) => db.update(v).set({ barredAt: new Date() }).where(eq(v.id, id)));
        await laptop.identify(tokenFor(key, `barred-${which}`));
        for (const one of [phone, laptop])
          expect((await one.send([one.message('let me in')]))[0]).toMatchObject({ type: 'reject', code: 'ended' });
        const file = await fetch(`${relay.url}/api/visitor/uploads?site=shop&name=a.txt`, {
          ...{ method: 'POST', body: 'a', headers: { authorization: `Bearer ${laptop.token}` } },
        });
        expect([file.status, await file.json()]).toMatchObject([409, { error: { code: 'ended' } }]);
      }
    });

    test('[S3] [ID5] what waits in the outbox is neither lost nor doubled over a sign-in', async () => {
      const [phone, laptop] = [await device(), await device()];
      await phone.identify(tokenFor(key, 'cid'));
      const [stored, waiting] = [laptop.message('its receipt was lost'), laptop.message('it never left')];
      await laptop.send([stored]);
      await laptop.identify(tokenFor(key, 'cid'));
      const again = await laptop.send([stored, waiting]);
      expect(again.map(({ type }) => type)).toEqual(['ack', 'ack']);
      expect(await texts(laptop)).toEqual(['its receipt was lost', 'it never left']);
      expect(await texts(phone)).toEqual(['its receipt was lost', 'it never left']);
    });

    test('[S3] [ID5] a message for the chat that was reserved before lands in the present one', async () => {
      const [phone, laptop] = [await device(), await device()];
      await phone.identify(tokenFor(key, 'dan'));
      const [mine, theirs] = [laptop.message('from before'), phone.message('from the phone, for its old chat')];
      await laptop.identify(tokenFor(key, 'dan'));
      expect((await laptop.send([mine]))[0]).toMatchObject({ type: 'ack', conversation: laptop.chat });
      expect((await phone.send([theirs]))[0]).toMatchObject({ type: 'ack' });
      expect((await texts(phone)).sort()).toEqual(['from before', 'from the phone, for its old chat']);
    });

    test('[S3] [ID5] a file that was picked before the sign-in goes with the message after it', async () => {
      const [phone, laptop] = [await device(), await device()];
      await phone.identify(tokenFor(key, 'dee'));
      const upload = await fetch(`${relay.url}/api/visitor/uploads?site=shop&name=a.txt`, {
        method: 'POST',
        headers: { authorization: `Bearer ${laptop.token}`, 'content-type': 'application/octet-stream' },
        body: 'hello',
      });
      const { id } = (await upload.json()) as { id: string };
      await laptop.identify(tokenFor(key, 'dee'));
      expect((await laptop.send([{ ...laptop.message('see the file'), files: [id] }]))[0]).toMatchObject({
        type: 'ack',
      });
    });

    test('[S3] [ID5] a conversation that was begun in the moment of the sign-in comes home with the next hello', async () => {
      const [phone, laptop] = [await device(), await device()];
      await phone.identify(tokenFor(key, 'dot'));
      const { visitor } = await laptop.load();
      await laptop.send([laptop.message('in that moment')]);
      const { chat } = laptop;
      await laptop.identify(tokenFor(key, 'dot'));
      const { t } = relay.store;
      await relay.store.tx(async (db) => {
        await db.update(t.conversations).set({ visitorId: visitor.id }).where(eq(t.conversations.id, chat));
      });
      expect(await texts(laptop)).toEqual(['in that moment']);
      expect(await texts(phone)).toEqual(['in that moment']);
    });

    test('[S3] [ID5] a socket of before is closed to come back, and what it still sends arrives', async () => {
      const [phone, laptop] = [await device(), await device()];
      await phone.identify(tokenFor(key, 'eva'));
      const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
      socket.send(visitorHello(laptop.token, { outbox: { id: laptop.outbox, next: 1 } }));
      await socket.heard('welcome');
      const signing = laptop.identify(tokenFor(key, 'eva'));
      const message = laptop.message('in the middle of it');
      socket.send(message);
      await signing;
      expect(await socket.closed()).toBe(4013);
      await laptop.send([message]);
      expect(await texts(phone)).toEqual(['in the middle of it']);
    });

    test('[S3] [ID6] a token is good for the visitor it was shown for, however often, and for nobody else', async () => {
      const [phone, thief] = [await device(), await device()];
      const proof = tokenFor(key, 'fay');
      for (let times = 0; times < 3; times++) expect((await phone.identify(proof)).status).toBe(200);
      expect(await thief.identify(proof)).toMatchObject({ status: 401, code: 'bad-identity' });
      expect(await texts(thief)).toEqual([]);
      const jti = 'the same';
      await phone.identify(tokenFor(key, 'fay', { jti }));
      expect(await thief.identify(tokenFor(key, 'gus', { jti }))).toMatchObject({ code: 'bad-identity' });
    });

    test('[S3] [ID7] somebody else on a device has to wait until the first one has left', async () => {
      const shared = await device();
      await shared.identify(tokenFor(key, 'hal'));
      await shared.send([shared.message('private')]);
      const { token } = shared;
      expect(await shared.identify(tokenFor(key, 'ida'))).toMatchObject({ status: 409, code: 'other-person' });
      await shared.logout();
      expect(await texts(shared)).toEqual([]);
      await shared.identify(tokenFor(key, 'ida'));
      expect(await texts(shared)).toEqual([]);
      expect((await shared.post('identify', {}, token)).status).toBe(401);
    });

    test('[S3] [ID8] what the page says is kept of who is not verified, and of nobody who is', async () => {
      const page = await device();
      const said = { person: { name: 'Eve', email: 'victim@example.com' } };
      const { body } = await page.post<{ visitor: object }>('identify', said);
      expect(body.visitor).toMatchObject({ name: 'Eve', email: 'victim@example.com', verified: false });
      const victim = await device();
      await victim.identify(tokenFor(key, 'victim', { name: 'Vic', email: 'victim@example.com' }));
      await victim.send([victim.message('secret')]);
      // The same address says nothing: no history, no merge.
      expect(await texts(page)).toEqual([]);
      const after = await victim.post<{ visitor: object }>('identify', {
        person: { name: 'Mallory', email: 'm@example.com' },
      });
      expect(after.body.visitor).toMatchObject({ name: 'Vic', email: 'victim@example.com', verified: true });
      const form = {
        type: 'form:submit',
        locale: 'en',
        name: 'Mallory',
        email: 'm@example.com',
        subject: 's',
        message: 'm',
      };
      const { id, n } = victim.message('');
      await victim.send([{ ...form, id, n, fields: {}, page: { url: 'https://shop.example/', title: '' } }]);
      expect((await victim.load()).visitor).toMatchObject({ name: 'Vic', email: 'victim@example.com' });
    });

    test('[S3] [ID2] what a token signed is not changed by the page; the rest of the attributes is the page’s', async () => {
      const page = await device();
      await page.identify(tokenFor(key, 'kim', { attributes: { plan: 'gold', seats: 3 } }));
      await page.post('identify', { attributes: { plan: 'platinum', theme: 'dark', seats: null } });
      const card = async () =>
        (await (await ownerAsks('GET', `/visitors/${(await page.load()).visitor.id}`)).json()) as {
          attributes: object;
          signed: string[];
          verified: boolean;
        };
      expect(await card()).toMatchObject({
        ...{ verified: true, signed: ['plan', 'seats'] },
        attributes: { plan: 'gold', seats: 3, theme: 'dark' },
      });
      await page.post('identify', { attributes: { theme: null } });
      expect((await card()).attributes).toEqual({ plan: 'gold', seats: 3 });
      expect((await page.post('identify', { attributes: { '1 bad': 1 } })).status).toBe(400);
    });

    test('[S3] [ID2] a public key proves as well, and a private one is not taken', async () => {
      const pair = generateKeyPairSync('ed25519');
      const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' });
      const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
      expect((await ownerAsks('POST', '/identity-keys', { kind: 'public', publicKey: privateKey })).status).toBe(422);
      const made = (await (await ownerAsks('POST', '/identity-keys', { kind: 'public', publicKey })).json()) as SiteKey;
      const page = await device();
      const claims = { aud: 'shop', sub: 'lea', jti: 'l', exp: Math.floor(Date.now() / 1_000) + 60 };
      expect(await page.identify(makeToken({ alg: 'EdDSA', kid: made.kid }, claims, pair.privateKey))).toMatchObject({
        status: 200,
        reply: { visitor: { verified: true } },
      });
      await ownerAsks('DELETE', `/identity-keys/${made.id}`);
    });

    test('[S3] [ID2] a retired key proves nothing any more, the one beside it does', async () => {
      const second = await newKey();
      const page = await device();
      expect((await page.identify(tokenFor(second, 'joe'))).status).toBe(200);
      expect((await ownerAsks('DELETE', `/identity-keys/${second.id}`)).status).toBe(200);
      expect(await page.identify(tokenFor(second, 'joe'))).toMatchObject({ code: 'bad-identity' });
      expect((await page.identify(tokenFor(key, 'joe'))).status).toBe(200);
      const kept = JSON.stringify(await relay.store.read.select().from(relay.store.t.identityKeys));
      expect(kept).not.toContain(second.secret);
    });

    test('[S3] [ID5] whatever two people do on two devices: nobody reads another’s, nothing is lost, nothing doubled', async () => {
      const step = fc.oneof(
        fc.record({ do: fc.constant('send' as const), device: fc.nat(1), lost: fc.boolean() }),
        fc.record({ do: fc.constant('identify' as const), device: fc.nat(1), person: fc.nat(1) }),
        fc.record({ do: fc.constant('logout' as const), device: fc.nat(1) }),
        fc.record({ do: fc.constant('reload' as const), device: fc.nat(1) }),
      );
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
          const name = `run-${++run}-${engine}`;
          const devices = [await device(), await device()];
          /** Whose each device is: a person, or somebody nobody knows. */
          const owners = ['first nobody', 'second nobody'];
          const waiting: object[][] = [[], []];
          const written = new Map<string, string[]>();
          let count = 0;
          const deliver = async (at: number) => {
            const frames = waiting[at] ?? [];
            if (!frames.length) return;
            for (const verdict of (await devices[at]?.send(frames)) ?? []) expect(verdict.type).toBe('ack');
            waiting[at] = [];
          };
          const logout = async (at: number) => {
            // As the widget does: what waits goes first.
            await deliver(at);
            await devices[at]?.logout();
            owners[at] = `nobody ${++count}`;
          };
          for (const one of steps) {
            const at = one.device;
            const here = devices[at] as Device;
            const owner = owners[at] as string;
            if (one.do === 'send') {
              const text = `${name} ${++count}`;
              const message = here.message(text);
              written.set(owner, [...(written.get(owner) ?? []), text]);
              waiting[at]?.push(message);
              if (one.lost) await here.send(waiting[at] ?? []);
              else if (count % 2) await deliver(at);
            } else if (one.do === 'identify') {
              const person = `${name} person ${one.person}`;
              if (owner !== person && owner.includes('person')) await logout(at);
              expect((await here.identify(tokenFor(key, person))).status).toBe(200);
              if (owners[at] !== person) {
                const before = written.get(owners[at] as string) ?? [];
                written.delete(owners[at] as string);
                written.set(person, [...(written.get(person) ?? []), ...before]);
                owners[at] = person;
              }
            } else if (one.do === 'logout') await logout(at);
            else await here.load();
            const mine = new Set(written.get(owners[at] as string));
            for (const text of await texts(here)) expect(mine).toContain(text);
          }
          for (const at of [0, 1]) await deliver(at);
          for (const at of [0, 1]) {
            const seen = await texts(devices[at] as Device);
            expect(seen.sort()).toEqual([...(written.get(owners[at] as string) ?? [])].sort());
          }
        }),
        { numRuns: engine === 'SQLite' ? 40 : 15 },
      );
    }, 120_000);
  });
}
