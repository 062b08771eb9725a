/** Characters of a secret at least: 32 random ones of base64 are 192 bits. */
const LEAST_CHARS = 32;
/** Fewer different characters than this do not come from a random source. */
const LEAST_DIFFERENT = 12;
const PLACEHOLDERS =
  /change.?(me|this|it)|replace.?(me|this)|your.?secret|my.?secret|example|password|default|insecure/i;

/** What is wrong with a secret, as the rest of a sentence; null when it will do. */
export function secretFault(secret: string): string | null {
  if (secret.length < LEAST_CHARS) return `too short: ${LEAST_CHARS} characters at least`;
  if (PLACEHOLDERS.test(secret)) return 'a placeholder that others know';
  if (new Set(secret).size < LEAST_DIFFERENT) return 'easy to guess: it has few different characters';
  return null;
}

/** The secrets of a list with commas or lines between, newest first. */
export const secretsOf = (list: string): string[] =>
  list
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter(Boolean);
