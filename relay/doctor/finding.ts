/** What a check has found: in a sentence, and what to do about it. */
export interface Finding {
  check: string;
  level: 'ok' | 'warning' | 'error';
  says: string;
  todo?: string;
}

/** The findings of one check, by its name. */
export const findings = (check: string) => ({
  ok: (says: string): Finding => ({ check, level: 'ok', says }),
  warning: (says: string, todo: string): Finding => ({ check, level: 'warning', says, todo }),
  error: (says: string, todo: string): Finding => ({ check, level: 'error', says, todo }),
});
