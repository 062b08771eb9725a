import { request } from 'node:http';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import type { ConversationSummary } from '../protocol/entities.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { AttachedFile, LogEvent } from '../protocol/log-event.ts';
import { openOperator, openVisitor, type TestOperator, type TestVisitor, until } from '../testing/clients.ts';
import { testClock } from '../testing/clock.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { dropUnsent, UNSENT_MS } from './uploads.ts';

/** Files of conversations over one engine: from the upload to the last reader. */
export function uploadsContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`files over ${engine}`, () => {
    let relay: TestRelay;
    let operator: TestOperator;
    const clock = testClock(Date.now());
    const visitors: TestVisitor[] = [];
    const open = async () => {
      const visitor = await openVisitor(relay);
      visitors.push(visitor);
      return visitor;
    };
    const bearer = ({ token }: TestVisitor) => ({ authorization: `Bearer ${token}` });
    const upload = async (visitor: TestVisitor, name: string, bytes: Uint8Array | string) => {
      const answer = await fetch(`${relay.url}/api/visitor/uploads?site=shop&name=${encodeURIComponent(name)}`, {
        ...{ method: 'POST', headers: bearer(visitor) },
        body: typeof bytes === 'string' ? bytes : Buffer.from(bytes),
      });
      const said = (await answer.json()) as AttachedFile & { error?: { code: string } };
      return { status: answer.status, code: said.error?.code, ...said };
    };
    const addressOf = async (visitor: TestVisitor, id: string) => {
      const answer = await fetch(`${relay.url}/api/visitor/uploads/addresses`, {
        method: 'POST',
        headers: { ...bearer(visitor), 'content-type': 'application/json' },
        body: JSON.stringify({ site: 'shop', files: [id] }),
      });
      return ((await answer.json()) as { addresses: Record<string, string> }).addresses[id];
    };
    const read = (address: string | undefined) => fetch(relay.url + (address ?? '/api/files/none'));
    type Draft = Parameters<TestVisitor['session']['command']>[0];
    const send = async (visitor: TestVisitor, draft: Draft) => {
      const verdicts: { id: string; type: string; code?: string }[] = [];
      const off = visitor.session.on('verdict', ({ command, verdict }) =>
        verdicts.push({ ...verdict, id: command.id }),
      );
      const { id } = await visitor.session.command(draft);
      const verdict = await until(() => verdicts.find((one) => one.id === id), 'a verdict');
      off();
      return verdict;
    };
    const sendFiles = (visitor: TestVisitor, files: string[], text = '') =>
      send(visitor, { type: 'message:send', conversation: visitor.chat, text, files });
    const logOf = (visitor: TestVisitor) => visitor.session.log(visitor.chat)?.events ?? [];
    const picture = (format: 'png' | 'jpeg' | 'gif' | 'webp') =>
      sharp({ create: { width: 40, height: 30, channels: 3, background: '#2a7' } })
        .withExif({ IFD0: { Copyright: 'where I live' } })
        .toFormat(format)
        .toBuffer();

    beforeAll(async () => {
      relay = await startTestRelay({ databaseUrl: await database(), clock });
      operator = await openOperator(relay, relay.owner);
    });
    afterAll(async () => {
      for (const { session } of [...visitors, operator]) session.destroy();
      await relay.stop();
    });

    test('[FI1] a picture and a text are sent together, without words, and both sides read them', async () => {
      const visitor = await open();
      const png = await upload(visitor, 'Фото.PNG', await picture('png'));
      const note = await upload(visitor, 'note.txt', 'two lines');
      expect(png).toMatchObject({ status: 200, name: 'Фото.png', mime: 'image/png', width: 40, height: 30 });
      expect(note).toMatchObject({ mime: 'text/plain', size: 9 });
      expect(await sendFiles(visitor, [png.id, note.id])).toMatchObject({ type: 'ack' });
      await until(() => logOf(visitor).length === 1, 'the event');
      expect(logOf(visitor)[0]).toMatchObject({ text: '', files: [{ id: png.id, width: 40 }, { id: note.id }] });
      expect(logOf(visitor)[0]).not.toHaveProperty('files.1.width');
      const { events } = await operator.get<{ events: LogEvent[] }>(`/conversations/${visitor.chat}/events`);
      expect(events[0]).toMatchObject({ files: [{ name: 'Фото.png' }, { name: 'note.txt' }] });
      const { conversation } = await operator.get<{ conversation: ConversationSummary }>(
        `/conversations/${visitor.chat}`,
      );
      expect(conversation.lastLine).toMatchObject({ text: '', files: 2 });

      const shown = await read(await addressOf(visitor, png.id));
      expect(shown.headers.get('content-disposition')).toMatch(/^inline; filename="____\.png"; filename\*=UTF-8''%D0/);
      expect((await shown.arrayBuffer()).byteLength).toBe(png.size);
      const asked = await operator.send('POST', '/uploads/addresses', { files: [png.id, note.id] });
      const { addresses } = (await asked.json()) as { addresses: Record<string, string> };
      const saved = await read(addresses[note.id]);
      expect(await saved.text()).toBe('two lines');
      expect(Object.fromEntries(saved.headers)).toMatchObject({
        ...{ 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' },
        'content-security-policy': expect.stringContaining('sandbox'),
        'content-disposition': expect.stringMatching(/^attachment/),
      });
    });

    test('[FI1] an operator sends files too', async () => {
      const visitor = await open();
      const made = await fetch(`${relay.url}/api/v1/sites/shop/uploads?name=a.csv`, {
        ...{ method: 'POST', headers: { cookie: operator.cookie }, body: 'a,b' },
      });
      const file = (await made.json()) as AttachedFile;
      await operator.session.command({
        type: 'message:send',
        conversation: visitor.chat,
        text: 'Here',
        files: [file.id],
      });
      await until(() => logOf(visitor).length === 1, 'the event');
      expect(await (await read(await addressOf(visitor, file.id))).text()).toBe('a,b');
      // Deleted with its message, for everybody.
      const address = await addressOf(visitor, file.id);
      const { events } = await operator.get<{ events: LogEvent[] }>(`/conversations/${visitor.chat}/events`);
      const message = events.find(({ type }) => type === 'message')?.seq ?? 0;
      await operator.session.command({ type: 'message:delete', conversation: visitor.chat, message });
      await until(() => logOf(visitor).length === 2, 'the deletion');
      expect((await read(address)).status).toBe(404);
      const { t, read: db } = relay.store;
      expect((await db.select().from(t.uploadParts)).filter(({ uploadId }) => uploadId === file.id)).toEqual([]);
    });

    test('[FI2] a file is its maker’s, sent once, and an unknown one refuses the message', async () => {
      const [mine, other] = [await open(), await open()];
      const { id } = await upload(mine, 'a.txt', 'x');
      expect(await sendFiles(other, [id], 'stolen')).toMatchObject({ type: 'reject', code: 'no-such-file' });
      expect(await sendFiles(mine, [id])).toMatchObject({ type: 'ack' });
      expect(await sendFiles(mine, [id], 'again')).toMatchObject({ type: 'reject', code: 'no-such-file' });
      expect(await sendFiles(mine, [uuidv7()], 'none')).toMatchObject({ type: 'reject', code: 'no-such-file' });
      expect(await sendFiles(mine, [])).toMatchObject({ type: 'reject', code: 'empty' });
    });

    test('[FI2] a form takes files', async () => {
      const visitor = await open();
      const { id } = await upload(visitor, 'order.pdf', '%PDF-1.7\n');
      const page = { url: 'https://shop.example/', title: '', referrer: '' };
      const form = { type: 'form:submit', locale: 'en', name: 'Ann', email: 'ann@example.com', subject: 'x' } as const;
      const verdict = await send(visitor, { ...form, message: 'see there', fields: {}, page, files: [id] });
      expect(verdict).toMatchObject({ type: 'ack' });
      const { conversation } = verdict as unknown as { conversation: string };
      const { events } = await operator.get<{ events: LogEvent[] }>(`/conversations/${conversation}/events`);
      expect(events[0]).toMatchObject({ type: 'form', files: [{ name: 'order.pdf' }] });
    });

    test('[FI3] an address is for its reader, its file and its hour', async () => {
      const [mine, other] = [await open(), await open()];
      const { id } = await upload(mine, 'a.txt', 'private');
      const second = await upload(mine, 'b.txt', 'private too');
      await sendFiles(mine, [id]);
      expect(await addressOf(other, id)).toBeUndefined();
      const address = (await addressOf(mine, id)) ?? '';
      expect((await read(address)).status).toBe(200);
      for (const bad of [
        address.replace(mine.reply.visitor.id, other.reply.visitor.id),
        address.replace(id, second.id),
        address.replace(/until=\d+/, 'until=9999999999'),
        address.replace(/signature=.{4}/, 'signature=AAAA'),
        address.replace('visitor=', 'operator='),
        `/api/files/${id}`,
      ])
        expect((await read(bad)).status, bad).toBe(404);
      clock.advance(3_600_001);
      expect((await read(address)).status).toBe(404);
    });

    test('[FI4] what was not sent is its maker’s alone and forgotten after a day', async () => {
      const [mine, other] = [await open(), await open()];
      const [old, sent] = [await upload(mine, 'a.txt', 'x'), await upload(mine, 'b.txt', 'y')];
      await sendFiles(mine, [sent.id]);
      expect(await addressOf(mine, old.id)).toBeDefined();
      expect(await addressOf(other, old.id)).toBeUndefined();
      const { addresses } = (await (await operator.send('POST', '/uploads/addresses', { files: [old.id] })).json()) as {
        addresses: object;
      };
      expect(addresses).toEqual({});
      clock.advance(UNSENT_MS + 1);
      const queue = {
        submit: <T>({ run }: { run(db: never): Promise<T> }) => relay.store.tx((db) => run(db as never)),
      };
      await dropUnsent({ store: relay.store, queue: queue as never, clock });
      const { t, read: db } = relay.store;
      const left = (await db.select().from(t.uploads)).map(({ id }) => id);
      expect(left).toContain(sent.id);
      expect(left).not.toContain(old.id);
      expect(await sendFiles(mine, [old.id])).toMatchObject({ code: 'no-such-file' });
    });

    test.each(['jpeg', 'png', 'webp', 'gif'] as const)(
      '[S11] a picture (%s) loses all but its pixels',
      async (format) => {
        const visitor = await open();
        const polyglot = Buffer.concat([await picture(format), Buffer.from('<script>alert(1)</script>PK\x03\x04')]);
        const kept = await upload(visitor, `a.${format === 'jpeg' ? 'jpg' : format}`, polyglot);
        expect(kept).toMatchObject({ status: 200, width: 40, height: 30 });
        const bytes = Buffer.from(await (await read(await addressOf(visitor, kept.id))).arrayBuffer());
        expect(bytes.includes('script')).toBe(false);
        expect(bytes.includes('where I live')).toBe(false);
      },
    );

    test.each<[string, string, () => Promise<Uint8Array | string> | Uint8Array | string, string]>([
      ['nothing in it', 'a.txt', () => '', 'empty'],
      ['an ending that is not taken', 'a.exe', () => 'MZ', 'bad-file'],
      ['a program as a text', 'a.txt', () => Buffer.from('MZ\x90\0\x03\0\0\0'), 'bad-file'],
      ['a page as a picture', 'a.png', () => '<html><script>1</script>', 'bad-file'],
      ['a picture of another kind', 'a.png', () => picture('gif'), 'bad-file'],
      ['a picture that is cut off', 'a.png', async () => (await picture('png')).subarray(0, 40), 'bad-file'],
      ['a picture of a billion pixels', 'a.png', () => bomb(), 'bad-file'],
      ['more than is allowed', 'a.txt', () => 'x'.repeat(LIMITS.fileBytes + 1), 'too-big'],
    ])('[S11] refused: %s', async (_, name, make, code) => {
      const visitor = await open();
      expect(await upload(visitor, name, await make())).toMatchObject({ code });
      const { t, read: db } = relay.store;
      expect((await db.select().from(t.uploads)).filter(({ ownerId }) => ownerId === visitor.reply.visitor.id)).toEqual(
        [],
      );
    });

    test.each(['a.svg', 'a.html', 'a.xml'])('[S11] %s is saved, never shown', async (name) => {
      const visitor = await open();
      const kept = await upload(
        visitor,
        name,
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      );
      expect(kept.status).toBe(200);
      const { headers } = await read(await addressOf(visitor, kept.id));
      expect(headers.get('content-disposition')).toMatch(/^attachment/);
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    });

    test('[S11] a body that breaks off keeps nothing', async () => {
      const visitor = await open();
      await new Promise<void>((resolve) => {
        const sending = request(`${relay.url}/api/visitor/uploads?site=shop&name=a.txt`, {
          method: 'POST',
          headers: { ...bearer(visitor), 'content-length': '1000' },
        });
        sending.on('error', () => resolve());
        sending.write('half of it', () => setTimeout(() => sending.destroy(), 50));
      });
      // A second one that is whole is through when the first one was given up.
      const whole = await upload(visitor, 'b.txt', 'whole');
      const { t, read: db } = relay.store;
      const kept = (await db.select().from(t.uploads)).filter(({ ownerId }) => ownerId === visitor.reply.visitor.id);
      expect(kept.map(({ id }) => id)).toEqual([whole.id]);
    });
  });
}

/** A PNG whose head says 40,000 × 40,000. */
function bomb(): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  bytes.writeUInt32BE(40_000, 16);
  bytes.writeUInt32BE(40_000, 20);
  bytes.set([8, 2], 24);
  return bytes;
}
