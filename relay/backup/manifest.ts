import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Raised when what an archive holds can no longer be read by the code for the format before. */
export const FORMAT = 1;

/** Files of an archive that have a name of their own; the others are parts of tables. */
export const ENTRIES = { manifest: 'manifest.json', seal: 'manifest.sha256', secret: 'secret' } as const;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const column = z.object({
  name: z.string().regex(/^[a-z_]+$/),
  kind: z.enum(['text', 'int', 'bool', 'time', 'json', 'blob']),
});
const table = z.object({
  name: z.string().regex(/^[a-z_]+$/),
  columns: z.array(column).min(1),
  rows: z.int().min(0),
  /** The archive's files with its rows, in their order. */
  parts: z.array(z.object({ path: z.string(), rows: z.int().min(1), sha256: hash })),
});

/** What is in a backup, and the checksums by which it is known to be whole. */
export const manifest = z.object({
  format: z.literal(FORMAT),
  product: z.literal('Frontdesk'),
  version: z.string(),
  engine: z.enum(['sqlite', 'pg']),
  madeAt: z.iso.datetime(),
  /** The steps of the schema that the rows have. */
  migrations: z.array(z.string().regex(/^[\w-]+$/)),
  tables: z.array(table),
  /** Absent when the secret came by the setting and is kept elsewhere. */
  secret: z.object({ sha256: hash }).optional(),
});
export type Manifest = z.infer<typeof manifest>;
export type TableOfBackup = z.infer<typeof table>;

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** The file after the manifest, as `sha256sum --check` reads it. */
export const sealOf = (manifestText: Uint8Array | string): string => `${sha256(manifestText)}  ${ENTRIES.manifest}\n`;
