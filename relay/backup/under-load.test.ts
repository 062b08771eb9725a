import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { epochOf, openStore } from '../store/index.ts';
import { freePort } from '../testing/browser/relay-process.ts';
import { buildForTests } from '../testing/built.ts';
import { openVisitor, until } from '../testing/clients.ts';
import { runCommand, runRelay } from '../testing/shipped-relay.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { expectWholeStore } from '../testing/whole-store.ts';

beforeAll(buildForTests, 120_000);

test('a backup of a busy relay has all that was acknowledged before it; its clients go on with the restored one', async () => {
  const port = await freePort();
  const [old, fresh] = [join(tempDir(), 'old'), join(tempDir(), 'new')];
  const file = join(tempDir(), 'backup.tar');
  const first = runRelay({ PORT: String(port), DATA_DIR: old });
  await first.ready(port);
  const target = { url: `http://127.0.0.1:${port}`, site: { key: 'demo' } };
  const visitors = await Promise.all([0, 1, 2, 3].map(() => openVisitor(target)));
  onTestFinished(() => {
    for (const { session } of visitors) session.destroy();
  });
  const acked: string[] = [];
  const epochs = new Set<string>();
  const resynced = new Set<number>();
  for (const [who, { session }] of visitors.entries()) {
    session.on('resync', () => resynced.add(who));
    session.on('welcome', ({ epoch }) => epochs.add(epoch.split('.')[0] ?? ''));
    session.on('verdict', ({ command, verdict }) => {
      if (verdict.type === 'ack') acked.push(command.id);
    });
  }
  let writing = true;
  let written = 0;
  const writers = visitors.map(async ({ session, chat }) => {
    while (writing) {
      await session.command({ type: 'message:send', conversation: chat, text: `number ${written++}` });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  });
  await until(() => acked.length > 200, 'the relay to be busy');

  const before = [...acked];
  const backup = runCommand(['backup', file], { DATA_DIR: old });
  expect(await backup.ended(), backup.said.stderr).toBe(0);
  expect(backup.said.stdout).toMatch(/backup\.tar: 1 sites, 4 conversations with \d+ events/);
  await until(() => acked.length > before.length + 200, 'messages that the backup does not have');
  first.signal('SIGKILL');
  await first.ended();

  const restore = runCommand(['restore', file], { DATA_DIR: fresh });
  expect(await restore.ended(), restore.said.stderr).toBe(0);
  const second = runRelay({ PORT: String(port), DATA_DIR: fresh });
  await second.ready(port);
  await until(() => visitors.every(({ session }) => session.state === 'online'), 'everybody to be back', 30_000);
  expect(epochs.size).toBe(1);
  expect(resynced.size).toBe(visitors.length);
  const until200 = acked.length + 200;
  await until(() => acked.length > until200, 'messages to the restored relay');
  writing = false;
  await Promise.all(writers);
  await until(() => acked.length === written, 'every verdict');
  second.stop();
  expect(await second.ended()).toBe(0);

  const store = await openStore({ dataDir: fresh });
  onTestFinished(() => store.close());
  await expectWholeStore(store);
  expect([...epochs]).toEqual([await epochOf(store)]);
  const replaced = await openStore({ dataDir: old });
  onTestFinished(() => replaced.close());
  expect([...epochs]).not.toEqual([await epochOf(replaced)]);
  const kept = (await store.read.select().from(store.t.events)).map(({ commandId }) => commandId);
  expect(new Set(kept).size).toBe(kept.length);
  expect(kept).toEqual(expect.arrayContaining(before));
  expect(kept).toEqual(expect.arrayContaining(acked.slice(until200)));
  expect(kept.length).toBeLessThan(written);
}, 90_000);
