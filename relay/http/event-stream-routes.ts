import { Hono } from 'hono';
import { z } from 'zod';
import type { VisitorPass } from '../conversations/visitor-frames.ts';
import type { Role } from '../live/live.ts';
import { sseAnswer } from '../live/sse.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { type VisitorHello, visitorHello } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import { bearer } from '../visitors/session-routes.ts';
import type { AppEnv } from './env.ts';

/** A hello over HTTP: its token stands in the Authorization header instead. */
const tokenless = visitorHello.omit({ token: true });
const commands = z.object({ hello: tokenless, frames: z.array(z.unknown()).min(1).max(LIMITS.commandsQueued) });

/** The socket's frames where WebSocket is blocked: an event stream down, POSTed commands up [HS5]. */
export function eventStreamRoutes(deps: {
  role: Role<unknown, VisitorHello, VisitorPass>;
  siteFor(key: string, origin: string | undefined): Promise<{ id: string; key: string }>;
}) {
  const tokenOf = (header: string | undefined) => {
    const token = bearer(header);
    if (!token)
      throw new FrontdeskError('unauthorised', 'The Authorization header has to be «Bearer» and the visitor token.');
    return token;
  };
  const parse = <T>(schema: z.ZodType<T>, body: unknown): T => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new FrontdeskError(
      'bad-request',
      `The body is not of the documented shape: ${parsed.error.issues[0]?.path.join('.')}.`,
    );
  };
  const json = (request: { json(): Promise<unknown> }) =>
    request.json().catch(() => {
      throw new FrontdeskError('bad-request', 'The body is not JSON.');
    });

  return new Hono<AppEnv>()
    .post('/api/visitor/events', async (c) => {
      const hello = parse(tokenless, await json(c.req));
      const site = await deps.siteFor(hello.site, c.req.header('origin'));
      const token = tokenOf(c.req.header('authorization'));
      const pass = { siteId: site.id, siteKey: site.key, address: c.get('ip') };
      return sseAnswer(c, (connection) => deps.role.accept(connection, pass), JSON.stringify({ ...hello, token }));
    })
    .post('/api/visitor/commands', async (c) => {
      const { hello, frames } = parse(commands, await json(c.req));
      const site = await deps.siteFor(hello.site, c.req.header('origin'));
      const token = tokenOf(c.req.header('authorization'));
      const pass = { siteId: site.id, siteKey: site.key, address: c.get('ip') };
      return c.json({ frames: await deps.role.answer({ ...hello, token }, pass, frames) });
    });
}
