import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ack, Draft, Reject, VisitorCommand } from '../protocol/frames.ts';
import { openVisitor, type TestVisitor, until } from '../testing/clients.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

type FormDraft = Extract<Draft<VisitorCommand>, { type: 'form:submit' }>;
const form: FormDraft = {
  type: 'form:submit',
  ...{ locale: 'en', name: '', email: 'a@example.com', subject: '', message: 'Buy pills', fields: {} },
  page: { url: 'https://shop.example/', title: '', referrer: '' },
};

const nonceOf = (challenge: string): string => {
  const signature = challenge.split('.').at(-1);
  for (let nonce = 0; ; nonce++)
    if (createHash('sha256').update(`${signature}:${nonce}`).digest().readUInt32BE() < 2 ** 16) return `${nonce}`;
};

/** Forms that look like a machine's, by real sockets on one engine. */
export function provingContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`suspicious forms over ${engine}`, () => {
    let relay: TestRelay;
    const visitors: TestVisitor[] = [];
    const arrive = async () => {
      const visitor = await openVisitor(relay);
      visitors.push(visitor);
      return visitor;
    };
    const ask = async (visitor: TestVisitor, draft: Draft<VisitorCommand>) => {
      const verdicts: [string, Ack | Reject][] = [];
      const off = visitor.session.on('verdict', ({ command, verdict }) => verdicts.push([command.id, verdict]));
      const { id } = await visitor.session.command(draft);
      const said = await until(() => verdicts.find(([command]) => command === id)?.[1], 'a verdict');
      off();
      return said;
    };
    const challengeOf = async (visitor: TestVisitor, more: Partial<FormDraft>) => {
      const said = await ask(visitor, { ...form, ...more });
      expect(said).toMatchObject({ type: 'reject', code: 'prove-first' });
      return (said.type === 'reject' && said.challenge) || '';
    };

    beforeAll(async () => {
      relay = await startTestRelay({ databaseUrl: await database() });
    });
    afterAll(async () => {
      for (const { session } of visitors) session.destroy();
      await relay.stop();
    });

    test('[FO3] a person’s form passes, a machine’s is refused with a puzzle, and passes once that is solved', async () => {
      const visitor = await arrive();
      expect(await ask(visitor, { ...form, trap: '', shownMs: 2_500 })).toMatchObject({ type: 'ack' });
      const challenge = await challengeOf(visitor, { trap: 'http://pills.example' });
      const proof = { challenge, nonce: nonceOf(challenge) };
      expect(await ask(visitor, { ...form, shownMs: 10, proof })).toMatchObject({
        ...{ type: 'ack', reference: expect.stringMatching(/^\w{4}-\w{4}$/) },
      });
    });

    test('[FO4] a proof is good once, for whom it was asked', async () => {
      const [visitor, other] = [await arrive(), await arrive()];
      const challenge = await challengeOf(visitor, { shownMs: 0 });
      const proof = { challenge, nonce: nonceOf(challenge) };
      const again = await challengeOf(other, { shownMs: 0, proof });
      expect(again).not.toBe(challenge);
      expect(await ask(visitor, { ...form, shownMs: 0, proof })).toMatchObject({ type: 'ack' });
      expect(await challengeOf(visitor, { shownMs: 0, proof })).not.toBe(challenge);
      expect(await challengeOf(visitor, { shownMs: 0, proof: { ...proof, nonce: 'x' } })).not.toBe('');
    });

    test('[FO4] two forms of one moment do not share a proof', async () => {
      const visitor = await arrive();
      const challenge = await challengeOf(visitor, { shownMs: 0 });
      const proof = { challenge, nonce: nonceOf(challenge) };
      const said = await Promise.all([1, 2].map(() => ask(visitor, { ...form, shownMs: 0, proof })));
      expect(said.map(({ type }) => type).sort()).toEqual(['ack', 'reject']);
    });
  });
}
