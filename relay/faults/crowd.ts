import { memoryOutbox } from '../client/memory-outbox.ts';
import { createSession, type Session } from '../client/session.ts';
import { socketWire } from '../client/socket-wire.ts';
import { sseWire } from '../client/sse-wire.ts';
import { aloneTab } from '../client/tabs.ts';
import type { Hello } from '../client/wire.ts';
import type { VisitorCommand } from '../protocol/frames.ts';
import { PROTOCOL } from '../protocol/version.ts';
import { askSession, until } from '../testing/clients.ts';
import { socketWith } from './lab-client.ts';

/** One of many visitors, with the shipped client. */
export interface Member {
  session: Session<VisitorCommand>;
  chat: string;
  token: string;
}

/** The relay has to run with `TRUST_PROXY=127.0.0.1`: each visitor has an address of its own, as behind a proxy. */
export const CROWD_ENV = { TRUST_PROXY: '127.0.0.1', LOG_LEVEL: 'silent' };

/** Page views that are asked for at once while a crowd gathers. */
const AT_ONCE = 20;

/** Opens so many visitors, from the address of number `first` on, and waits until all are welcome; each follows its chat. */
export async function gather(
  target: { url: string; site: { key: string } },
  count: number,
  first = 0,
): Promise<Member[]> {
  const members: Member[] = [];
  const base = `${target.url}/api/visitor`;
  const page = { url: 'https://lab.example/', title: 'Laboratory', referrer: '' };
  const come = async (i: number) => {
    const headers = { 'x-forwarded-for': `127.${1 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}` };
    const reply = await askSession(target, { headers });
    const token = reply.token ?? '';
    const session = createSession<VisitorCommand>({
      wires: [
        socketWire(`${base.replace('http', 'ws')}/socket?site=${target.site.key}`, socketWith(headers)),
        sseWire(base),
      ],
      store: memoryOutbox<VisitorCommand>(),
      tabs: aloneTab,
      hello: (common) =>
        ({
          type: 'hello',
          role: 'visitor',
          protocol: PROTOCOL,
          site: target.site.key,
          token,
          page,
          ...common,
        }) as Hello,
    });
    session.follow(reply.conversation.id, 0);
    session.connect();
    members.push({ session, chat: reply.conversation.id, token });
  };
  let next = 0;
  const bring = async () => {
    while (next < count) await come(first + next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, bring));
  await until(() => members.every(({ session }) => session.state === 'online'), 'everybody is welcome', 60_000);
  return members;
}

/** Everybody says something and sees it. */
export async function allSay(members: readonly Member[], text: string): Promise<void> {
  for (const { session, chat } of members) await session.command({ type: 'message:send', conversation: chat, text });
}

/** Whether everybody's outbox is empty and their log has come so far. */
export const hasAll = ({ session, chat }: Member, top: number): boolean =>
  session.state === 'online' && session.outbox.pending.length === 0 && (session.log(chat)?.top ?? 0) >= top;

/** The value below which a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
