import { expect } from 'vitest';
import type { Persistence } from '../store/index.ts';

/** Fails where anything was stored by halves: logs, heads, verdicts and outboxes have to agree [SQ1] [CM1]. */
export async function expectWholeStore({ read, t }: Pick<Persistence, 'read' | 't'>): Promise<void> {
  const [conversations, events, commands, outboxes] = await Promise.all([
    read.select().from(t.conversations),
    read.select().from(t.events),
    read.select().from(t.commands),
    read.select().from(t.outboxes),
  ]);
  const upTo = (top: number) => Array.from({ length: top }, (_, i) => i + 1);
  for (const { id, staffSeq, visitorSeq } of conversations) {
    const log = events.filter(({ conversationId }) => conversationId === id).sort((a, b) => a.seq - b.seq);
    expect(log.length, 'a conversation has an event').toBeGreaterThan(0);
    expect(log.map(({ seq }) => seq)).toEqual(upTo(staffSeq));
    expect(log.flatMap((event) => event.visitorSeq ?? [])).toEqual(upTo(visitorSeq));
  }
  const heads = new Set(conversations.map(({ id }) => id));
  const verdicts = new Map(commands.map((row) => [`${row.siteId} ${row.senderId} ${row.commandId}`, row]));
  for (const event of events) {
    expect(heads.has(event.conversationId), 'an event has its conversation').toBe(true);
    const verdict = verdicts.get(`${event.siteId} ${event.senderId} ${event.commandId}`);
    expect(verdict?.error, 'an event comes of an acknowledged command').toBeNull();
  }
  for (const { error, conversationId, seq } of commands) {
    if (error) continue;
    const stands = events.some((event) => event.conversationId === conversationId && event.seq === seq);
    expect(stands, 'an acknowledged command has its event').toBe(true);
  }
  for (const { senderId, next } of outboxes)
    expect(commands.filter((command) => command.senderId === senderId).length).toBeGreaterThanOrEqual(
      Math.min(1, next - 1),
    );
}
