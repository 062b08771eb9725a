import type { Finding, Rule } from './checker.ts';

/** The rules by what they mean for somebody who wrote a message. */
const LOST: ReadonlySet<Rule> = new Set(['lost', 'no-trace', 'unsettled', 'refused', 'not-shown', 'other-text']);
const DOUBLED: ReadonlySet<Rule> = new Set(['doubled', 'shown-twice', 'phantom']);
const OUT_OF_ORDER: ReadonlySet<Rule> = new Set([
  'sender-order',
  'staff-gap',
  'visitor-gap',
  'head',
  'shown-order',
  'shown-other',
]);

export interface Verdict {
  lost: number;
  doubled: number;
  outOfOrder: number;
  /** Findings of all other rules. */
  other: number;
}

/** Counts findings by what they mean. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const count = (rules: ReadonlySet<Rule>) => findings.filter(({ rule }) => rules.has(rule)).length;
  const [lost, doubled, outOfOrder] = [count(LOST), count(DOUBLED), count(OUT_OF_ORDER)];
  return { lost, doubled, outOfOrder, other: findings.length - lost - doubled - outOfOrder };
}

/** `0 lost, 0 doubled, 0 out of order of 100000` */
export function verdictLine({ lost, doubled, outOfOrder, other }: Verdict, of: number): string {
  return `${lost} lost, ${doubled} doubled, ${outOfOrder} out of order${other ? `, ${other} other findings` : ''} of ${of}`;
}
