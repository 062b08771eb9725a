/**
 * What a run left behind, as the checker reads it: journals and database, nothing else. No code of the relay or of the
 * client is used here or in the checker, so that a mistake of theirs cannot hide itself.
 */
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import pg from 'pg';
import type { JournalLine } from './journal.ts';

export interface EventFact {
  conversation: string;
  seq: number;
  visitorSeq: number | null;
  type: string;
  authorKind: string;
  sender: string;
  command: string;
  text: string | null;
}
export interface CommandFact {
  sender: string;
  command: string;
  conversation: string | null;
  seq: number | null;
  visitorSeq: number | null;
  refused: boolean;
}
export interface ConversationFact {
  id: string;
  staffSeq: number;
  visitorSeq: number;
}
export interface ClientFacts {
  name: string;
  kind: 'visitor' | 'operator';
  lines: JournalLine[];
}
export interface History {
  clients: ClientFacts[];
  events: EventFact[];
  commands: CommandFact[];
  conversations: ConversationFact[];
  /** What each start of the relay read from its live connection. */
  durability: string[];
}

/** Where the database of a run is: a file, or an address. */
export type DatabaseAt = { file: string } | { url: string };

const EVENTS = `select conversation_id, seq, visitor_seq, type, author_kind, sender_id, command_id, body from events
  order by conversation_id, seq`;
const COMMANDS = 'select sender_id, command_id, conversation_id, seq, visitor_seq, error from commands';
const CONVERSATIONS = 'select id, staff_seq, visitor_seq from conversations';

type Row = Record<string, unknown>;

async function ask<T>(at: DatabaseAt, work: (rows: (sql: string) => Promise<Row[]>) => Promise<T>): Promise<T> {
  if ('file' in at) {
    const db = new Database(at.file, { readonly: true });
    try {
      return await work(async (sql) => db.prepare(sql).all() as Row[]);
    } finally {
      db.close();
    }
  }
  const client = new pg.Client({ connectionString: at.url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(async (sql) => (await client.query<Row>(sql)).rows);
  } finally {
    await client.end();
  }
}

const number = (value: unknown) => (value === null ? null : Number(value));
const object = (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value) as Row | null;

const conversationOf = (row: Row): ConversationFact => ({
  id: String(row.id),
  staffSeq: Number(row.staff_seq),
  visitorSeq: Number(row.visitor_seq),
});

/** How far each conversation has got, from the database itself. */
export const readHeads = (at: DatabaseAt): Promise<ConversationFact[]> =>
  ask(at, async (rows) => (await rows(CONVERSATIONS)).map(conversationOf));

/** Reads everything a run left behind. */
export async function readHistory(journals: string, at: DatabaseAt, durability: readonly string[]): Promise<History> {
  const clients: ClientFacts[] = [];
  for (const file of readdirSync(journals).sort()) {
    const lines: JournalLine[] = [];
    for await (const line of createInterface({ input: createReadStream(join(journals, file)) }))
      lines.push(JSON.parse(line) as JournalLine);
    const name = file.replace('.jsonl', '');
    clients.push({ name, kind: name.startsWith('operator') ? 'operator' : 'visitor', lines });
  }
  return ask(at, async (rows) => ({
    clients,
    durability: [...durability],
    events: (await rows(EVENTS)).map((row) => ({
      conversation: String(row.conversation_id),
      seq: Number(row.seq),
      visitorSeq: number(row.visitor_seq),
      type: String(row.type),
      authorKind: String(row.author_kind),
      sender: String(row.sender_id),
      command: String(row.command_id),
      text: (object(row.body)?.text as string | undefined) ?? null,
    })),
    commands: (await rows(COMMANDS)).map((row) => ({
      sender: String(row.sender_id),
      command: String(row.command_id),
      conversation: row.conversation_id === null ? null : String(row.conversation_id),
      seq: number(row.seq),
      visitorSeq: number(row.visitor_seq),
      refused: row.error !== null,
    })),
    conversations: (await rows(CONVERSATIONS)).map(conversationOf),
  }));
}
