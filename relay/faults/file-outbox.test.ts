import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import { OUTBOX_CASES } from '../client/outbox.contract.ts';
import type { VisitorCommand } from '../protocol/frames.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { fileOutbox } from './file-outbox.ts';

const fresh = () => join(tempDir(), 'outbox.jsonl');
const draft = (text: string) => ({ type: 'message:send', conversation: uuidv7(), text }) as const;

describe('the outbox in a file', () => {
  test.each(OUTBOX_CASES)('$name', async ({ run }) => {
    await run(fileOutbox<VisitorCommand>(fresh()));
  });

  test('[OB4] is found again by the next process, also when its last line was cut', async () => {
    const path = fresh();
    const first = fileOutbox<VisitorCommand>(path);
    const [a, b] = await Promise.all([first.add(draft('a'), uuidv7()), first.add(draft('b'), uuidv7())]);
    await first.settle(a.id);
    first.dispose();
    appendFileSync(path, '{"add":{"id":"half of a li');
    const second = fileOutbox<VisitorCommand>(path);
    expect(await second.list()).toEqual([b]);
    expect(await second.head()).toEqual({ ...(await first.head()), next: 3 });
    await second.add(draft('c'), uuidv7());
    second.dispose();
    expect((await fileOutbox<VisitorCommand>(path).list()).map(({ n }) => n)).toEqual([2, 3]);
  });
});
