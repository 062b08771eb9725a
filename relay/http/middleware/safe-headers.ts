import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../env.ts';

/** What an answer says where it says nothing else: it is no page, nobody frames it, it is what its type says. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** A year. Not for hosts below this one: whether those speak https is not the relay's to say. */
const HTTPS_ONLY = 'max-age=31536000';

/** Gives every answer the headers that browsers guard by; pages bring policies of their own. */
export const safeHeaders = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(DEFAULTS)) if (!c.res.headers.has(name)) c.header(name, value);
  if (c.get('secure')) c.header('strict-transport-security', HTTPS_ONLY);
});
