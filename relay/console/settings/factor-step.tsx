import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { errorWords } from '../base/error-words.ts';
import { words } from '../locales/locale.ts';
import { DialogForm } from './dialog-form.tsx';

/** What went wrong, and where. */
export interface FactorProblem {
  field: 'password' | 'code' | 'form';
  says: string;
}

/** What went wrong, at the field that it is about. */
export function problemOf(error: unknown): FactorProblem {
  const { secondFactor: text, account } = words.peek().settings;
  const field = error instanceof ApiError && error.code === 'bad-credentials' ? error.field : undefined;
  if (field === 'password') return { field, says: account.wrong };
  if (field === 'code') return { field, says: text.wrongCode };
  if (error instanceof ApiError && error.code === 'not-found') return { field: 'form', says: text.tooLate };
  if (error instanceof ApiError && error.code === 'conflict' && error.field === 'code')
    return { field: 'code', says: text.lostKey };
  return { field: 'form', says: errorWords(error) };
}

/** One step: its fields, of which the first has the focus, what was wrong, and the buttons. */
export function FactorStep({
  problem,
  ...rest
}: Omit<Parameters<typeof DialogForm>[0], 'form' | 'problem'> & { problem: FactorProblem | null }): VNode {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  return <DialogForm form={form} problem={problem?.field === 'form' ? problem.says : undefined} {...rest} />;
}
