import type { Context } from 'hono';
import { z } from 'zod';
import { ERRORS, FrontdeskError } from '../protocol/errors.ts';

/** The body of every answer that is not a success. */
export const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    field: z.string().optional(),
    operator: z.object({ id: z.string(), name: z.string() }).optional(),
    retryAfterMs: z.number().optional(),
  }),
});

/** For `responses` of a documented route. */
export const errorAnswer = {
  default: {
    description: 'An error with a code and a sentence',
    content: { 'application/json': { schema: errorBody } },
  },
} as const;

/** For `responses`: a JSON answer of this shape. */
export const jsonAnswer = <S extends z.ZodType>(schema: S, description: string) =>
  ({ description, content: { 'application/json': { schema } } }) as const;

/** For `request.body`: JSON of this shape, and nothing else. */
export const jsonBody = <S extends z.ZodType>(schema: S) =>
  ({ required: true, content: { 'application/json': { schema } } }) as const;

/** An error as its HTTP answer. */
export function answerError(context: Context, error: FrontdeskError): Response {
  const { retryAfterMs } = error.detail;
  if (retryAfterMs !== undefined) context.header('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  return context.json({ error: error.toWire() }, error.status as 400);
}

/** What OpenAPIHono does with a request that does not fit its documented shape. */
export const onInvalid = (
  result: { success: true } | { success: false; error: z.ZodError },
  context: Context,
): Response | undefined => {
  if (result.success) return undefined;
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') || undefined;
  const message = `${ERRORS['bad-request'].says} ${field ? `${field}: ` : ''}${issue?.message ?? ''}`.trim();
  return answerError(context, new FrontdeskError('bad-request', message, field ? { field } : {}));
};
