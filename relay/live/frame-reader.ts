import { z } from 'zod';
import type { CommandHead, FrameSchemas } from '../bus/role.ts';
import { FrontdeskError } from '../protocol/errors.ts';

const head = z.object({ id: z.uuid(), n: z.number().int().min(1) });

/** What a frame turned out to be. `refused`: a command whose head can be read but whose body is not allowed. */
export type Reading<Hello, Command, Sign> =
  | { kind: 'hello'; hello: Hello }
  | { kind: 'command'; command: Command }
  | { kind: 'sign'; sign: Sign }
  | { kind: 'refused'; head: CommandHead; error: FrontdeskError }
  | { kind: 'bad'; error: FrontdeskError };

/** The error of a body that does not fit: names the first field and, for a text over its limit, says so by code. */
function bodyError(error: z.ZodError): FrontdeskError {
  const issue = error.issues[0];
  const field = issue?.path.join('.') || undefined;
  const detail = field ? { field } : {};
  if (issue?.code === 'too_big') return new FrontdeskError('too-long', undefined, detail);
  if (issue?.code === 'too_small' && issue.origin === 'string') return new FrontdeskError('empty', undefined, detail);
  return new FrontdeskError(
    'bad-frame',
    `The frame is not of the documented shape: ${field ?? 'frame'}: ${issue?.message ?? ''}.`,
    detail,
  );
}

/** Reads one text frame of a role: JSON, then its type, then its shape [FR1–FR3]. Never throws. */
export function readFrame<H, C, S>(schemas: FrameSchemas<H, C, S>, raw: string): Reading<H, C, S> {
  let data: unknown;
  try {
    data = JSON.parse(raw);
  } catch {
    return { kind: 'bad', error: new FrontdeskError('bad-frame', 'The frame is not JSON.') };
  }
  return readParsedFrame(schemas, data);
}

/** The same of a frame that came inside of a request, parsed along with it. */
export function readParsedFrame<H, C, S>(schemas: FrameSchemas<H, C, S>, data: unknown): Reading<H, C, S> {
  // Compared, never converted: an object in place of the type may have a `toString` that throws.
  const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
  if (typeof type !== 'string') return { kind: 'bad', error: new FrontdeskError('unknown-frame') };
  if (type === 'hello') {
    const parsed = schemas.hello.safeParse(data);
    return parsed.success ? { kind: 'hello', hello: parsed.data } : { kind: 'bad', error: bodyError(parsed.error) };
  }
  if (schemas.commandTypes.has(type)) {
    const parsed = schemas.command.safeParse(data);
    if (parsed.success) return { kind: 'command', command: parsed.data };
    const kept = head.safeParse(data);
    const error = bodyError(parsed.error);
    return kept.success ? { kind: 'refused', head: kept.data, error } : { kind: 'bad', error };
  }
  if (schemas.signTypes.has(type)) {
    const parsed = schemas.sign.safeParse(data);
    return parsed.success ? { kind: 'sign', sign: parsed.data } : { kind: 'bad', error: bodyError(parsed.error) };
  }
  return { kind: 'bad', error: new FrontdeskError('unknown-frame') };
}
