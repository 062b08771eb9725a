import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { secretFault, secretsOf } from './keys/secret-rules.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Everything the environment sets, checked. */
export interface Config {
  port: number;
  host: string;
  /** Where the relay is reached from outside, without a slash at the end; null: on this machine alone. */
  publicUrl: string | null;
  dataDir: string;
  databaseUrl: string | undefined;
  /** What keys are derived from, newest first; undefined: kept in `dataDir`. */
  secrets: string[] | undefined;
  ownerEmail: string | undefined;
  ownerPassword: string | undefined;
  /** Addresses (or CIDR blocks) whose `X-Forwarded-For` is believed. */
  trustProxy: string[];
  geoipDb: string | undefined;
  logLevel: (typeof levels)[number];
  demo: boolean;
}

/** A setting that cannot be; `says` names it and what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const present = (text: string | undefined) => (text === '' ? undefined : text);
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => present(value as string | undefined), schema.optional());

const isAddress = (text: string) => {
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return most >= 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
};

const environment = z.object({
  PORT: optional(z.coerce.number('a number from 0 to 65535').int().min(0).max(65_535)),
  HOST: optional(z.string()),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/, error: 'an address such as https://support.example' })),
  DATA_DIR: optional(z.string()),
  DATABASE_URL: optional(
    z.string().regex(/^postgres(ql)?:\/\//, 'an address such as postgres://user:password@host/database'),
  ),
  SECRET: optional(
    z
      .string()
      .transform(secretsOf)
      .superRefine((secrets, context) => {
        const fault = secrets.length === 0 ? 'empty' : secrets.map(secretFault).find((one) => one !== null);
        if (fault)
          context.addIssue({
            code: 'custom',
            message: `something like the output of «openssl rand -base64 32», or several with commas between, newest first: one of it is ${fault}`,
          });
      }),
  ),
  OWNER_EMAIL: optional(z.email('an e-mail address')),
  OWNER_PASSWORD: optional(z.string().min(8, 'at least 8 characters').max(256)),
  TRUST_PROXY: optional(
    z
      .string()
      .transform((list) =>
        list
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean),
      )
      .refine((list) => list.every(isAddress), 'addresses or blocks with commas between, such as 127.0.0.1,10.0.0.0/8'),
  ),
  GEOIP_DB: optional(z.string()),
  LOG_LEVEL: optional(z.enum(levels, `one of ${levels.join(', ')}`)),
  DEMO: optional(z.enum(['0', '1'], '0 or 1')),
});

/** Reads the settings. Throws `ConfigError` with one sentence that names the bad one. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    const given = /PASSWORD|URL|SECRET/.test(name) ? '' : ` («${env[name]}» is not)`;
    throw new ConfigError(`The setting ${name} has to be ${issue?.message}${given}.`);
  }
  const e = parsed.data;
  return {
    port: e.PORT ?? 8787,
    host: e.HOST ?? '127.0.0.1',
    publicUrl: e.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    dataDir: resolve(e.DATA_DIR ?? './data'),
    databaseUrl: e.DATABASE_URL,
    secrets: e.SECRET,
    ownerEmail: e.OWNER_EMAIL,
    ownerPassword: e.OWNER_PASSWORD,
    trustProxy: e.TRUST_PROXY ?? [],
    geoipDb: e.GEOIP_DB,
    logLevel: e.LOG_LEVEL ?? 'info',
    demo: e.DEMO !== '0',
  };
}
