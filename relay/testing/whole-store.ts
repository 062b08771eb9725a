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
  type Key = { siteId: string; senderId: string; commandId: string };
  const keyOf = (row: Key) => `${row.siteId} ${row.senderId} ${row.commandId}`;
  const parts = new Map<string, number[]>();
  for (const event of events) {
    expect(heads.has(event.conversationId), 'an event has its conversation').toBe(true);
    parts.set(keyOf(event), [...(parts.get(keyOf(event)) ?? []), event.part]);
  }
  for (const all of parts.values()) expect(all.sort(), 'a command wrote its events once').toEqual(all.map((_, i) => i));
  for (const command of commands)
    expect(parts.has(keyOf(command)), 'a command has one verdict: its last event, or a row').toBe(false);
  const senders = [...new Set([...parts.keys(), ...commands.map(keyOf)])].map((key) => key.split(' ')[1]);
  for (const { senderId, next } of outboxes)
    expect(senders.filter((sender) => sender === senderId).length).toBeGreaterThanOrEqual(Math.min(1, next - 1));
}
