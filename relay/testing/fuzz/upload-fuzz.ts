import sharp from 'sharp';
import { USER_AGENT } from '../clients.ts';
import { seeded } from '../seeded.ts';
import { mutateBytes, mutateText, NASTY_TEXTS } from './mutate.ts';
import type { FuzzTarget } from './relay-fuzz.ts';
import { type Tally, tried } from './tally.ts';

const ENDINGS = ['png', 'jpg', 'webp', 'gif', 'pdf', 'txt', 'zip', 'docx', 'svg', 'html', 'exe', 'png.html', ''];

/** Whole files of several kinds, to be damaged. */
async function samples(): Promise<Uint8Array[]> {
  const picture = sharp({ create: { width: 24, height: 16, channels: 3, background: '#0f766e' } });
  const pictures = await Promise.all([
    picture.clone().png().toBuffer(),
    picture
      .clone()
      .jpeg()
      .withExif({ IFD0: { Copyright: 'somebody' } })
      .toBuffer(),
    picture.clone().webp().toBuffer(),
    picture.clone().gif().toBuffer(),
  ]);
  const text = (content: string) => new TextEncoder().encode(content);
  return [
    ...pictures,
    text(
      '%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>',
    ),
    text('PK\u0003\u0004word/document.xml'),
    text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    text('<!doctype html><script>alert(1)</script>'),
    text('a,b\n=cmd|1,2\n'),
    new Uint8Array(),
  ];
}

/** Damaged files under damaged names: kept or refused with a code, never a failure of the relay's. */
export async function fuzzUploads(tally: Tally, target: FuzzTarget, seed: number, count: number): Promise<void> {
  const random = seeded(seed);
  const { app } = target.relay.relay;
  const files = await samples();
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  for (let no = 0; no < count; no++) {
    const whole = pick(files);
    const bytes = random() < 0.2 ? whole : mutateBytes(random, whole);
    const stem = random() < 0.5 ? 'picture' : mutateText(random, pick(NASTY_TEXTS));
    const name = `${stem}.${pick(ENDINGS)}`.replace(/\p{Surrogate}/gu, '\ufffd').slice(0, 600);
    const address = `http://relay.example/api/visitor/uploads?site=shop&name=${encodeURIComponent(name)}`;
    await tried(
      tally,
      { surface: 'uploads', seed, no, input: () => `${name} ${Buffer.from(bytes).toString('hex')}` },
      async () => {
        const headers = { authorization: `Bearer ${target.token}`, 'user-agent': USER_AGENT };
        const answer = await app.request(address, { method: 'POST', headers, body: Buffer.from(bytes) });
        return { status: answer.status, text: await answer.text() };
      },
      ({ status, text }) => {
        if (status >= 500) return `answered ${status} ${text.slice(0, 300)}`;
        const said = JSON.parse(text) as { id?: string; name?: string; error?: { code: string } };
        if (status >= 400) return said.error?.code ? null : `answered ${status} without a code`;
        return said.id && !/[\p{Cc}\p{Bidi_Control}/\\]/u.test(said.name ?? '') ? null : `kept as ${text}`;
      },
    );
  }
}
