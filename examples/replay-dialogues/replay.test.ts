import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestRelay } from '../../relay/testing/relay.ts';
import { readDialogues } from './dialogues.ts';
import { replay } from './replay.ts';

test('dialogues go through real sockets and are read back in order, by a second client and from the store', async () => {
  const relay = await startTestRelay();
  const sample = await readDialogues(join(import.meta.dirname, 'sample.jsonl'));
  const dialogues = Array.from({ length: 20 }, (_, i) =>
    sample.map((one) => ({ ...one, id: `${one.id}/${i}` })),
  ).flat();
  const report = await replay({ relay: relay.url, site: 'shop', operator: relay.owner, dialogues, atOnce: 20 });
  await relay.stop();
  expect(report).toMatchObject({ dialogues: 60, messages: 240, differences: [] });
});

test('a line that is no dialogue is named by its number', async () => {
  await expect(readDialogues(join(import.meta.dirname, 'replay.ts'))).rejects.toThrow();
});
