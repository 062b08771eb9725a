import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SQLITE_FILE } from '../store/sqlite.ts';
import { startRelayProcess } from '../testing/browser/relay-process.ts';
import { openOperator, until } from '../testing/clients.ts';
import { makeTempDir } from '../testing/temp-dir.ts';
import { CROWD_ENV, gather } from './crowd.ts';

export interface DiskFull {
  acknowledged: number;
  /** Acknowledged, and no row of it, while the disk was full and at the end. */
  lost: number;
  doubled: number;
  /** Reads that failed while the disk was full. */
  failedReads: number;
  /** Messages acknowledged while there was no space at all. */
  acknowledgedWhileFull: number;
  /** Milliseconds from the space until the first acknowledgement, and until all that had waited were stored. */
  resumedAfterMs: number;
  allStoredAfterMs: number;
}

const SITE = { key: 'demo' };
const DISK_MB = 48;
const FULL_MS = 5_000;
const PEOPLE = 10;
const TEXT = 'x'.repeat(3_000);
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A file system of its own, in memory; null when this user may not mount one. */
function smallDisk(): { dir: string; remove(): void } | null {
  const { path, remove } = makeTempDir();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', path], { stdio: 'pipe' });
  } catch {
    remove();
    return null;
  }
  return {
    dir: path,
    remove() {
      execFileSync('umount', ['-l', path]);
      remove();
    },
  };
}

/** Commands with a message in the database, by id, with how often each stands there. */
function storedIn(dir: string): Map<string, number> {
  const db = new Database(join(dir, SQLITE_FILE), { readonly: true });
  const rows = db.prepare("select command_id as id, count(*) as n from events where type = 'message' group by 1").all();
  db.close();
  return new Map((rows as { id: string; n: number }[]).map(({ id, n }) => [id, n]));
}

/** Fills the relay's disk under people who write on, then makes room again; null when no disk can be mounted here. */
export async function diskFull(): Promise<DiskFull | null> {
  const disk = smallDisk();
  if (!disk) return null;
  const relay = await startRelayProcess({ ...CROWD_ENV, DATA_DIR: disk.dir });
  const members = await gather({ url: relay.url, site: SITE }, PEOPLE);
  const operator = await openOperator({ url: relay.url, site: SITE }, relay.owner);
  try {
    const acked = new Set<string>();
    let ackedAt = 0;
    for (const { session } of members)
      session.on('verdict', ({ command, verdict }) => {
        if (verdict.type !== 'ack') return;
        acked.add(command.id);
        ackedAt = performance.now();
      });
    let writing = true;
    const life = members.map(async ({ session, chat }) => {
      for (; writing; await sleep(20 + Math.random() * 40))
        if (session.outbox.pending.length < 20)
          await session.command({ type: 'message:send', conversation: chat, text: TEXT });
    });
    await until(() => acked.size > 200, 'some messages');

    const ballast = join(disk.dir, 'ballast');
    const { bavail, bsize } = statfsSync(disk.dir);
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 2 * 2 ** 20)));
    await until(() => performance.now() - ackedAt > 1_500, 'the disk is full', 60_000);
    const before = acked.size;
    let failedReads = 0;
    for (let end = performance.now() + FULL_MS; performance.now() < end; await sleep(100)) {
      const chat = members[Math.floor(Math.random() * PEOPLE)]?.chat;
      await operator.get(`/conversations/${chat}/events?limit=50`).catch(() => failedReads++);
      await operator.get('/conversations?view=all&limit=20').catch(() => failedReads++);
    }
    const whileFull = storedIn(disk.dir);
    const acknowledgedWhileFull = acked.size - before;
    let lost = [...acked].filter((id) => !whileFull.has(id)).length;

    const waiting = new Set(members.flatMap(({ session }) => session.outbox.pending.map(({ id }) => id)));
    ackedAt = 0;
    rmSync(ballast);
    const roomAt = performance.now();
    await until(() => ackedAt > 0, 'writes resume', 30_000);
    const resumedAfterMs = Math.round(ackedAt - roomAt);
    await until(() => [...waiting].every((id) => acked.has(id)), 'what waited is stored', 30_000);
    const allStoredAfterMs = Math.round(performance.now() - roomAt);
    writing = false;
    await Promise.all(life);
    await until(() => members.every(({ session }) => session.outbox.pending.length === 0), 'all verdicts', 30_000);
    const stored = storedIn(disk.dir);
    lost += [...acked].filter((id) => !stored.has(id)).length;
    return {
      ...{ acknowledged: acked.size, lost, failedReads, acknowledgedWhileFull, resumedAfterMs, allStoredAfterMs },
      doubled: [...stored.values()].filter((times) => times > 1).length,
    };
  } finally {
    operator.session.destroy();
    for (const { session } of members) session.destroy();
    await relay.kill();
    await relay.remove();
    disk.remove();
  }
}
