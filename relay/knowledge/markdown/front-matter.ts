/** What stood between the two `---` lines at the head of a file, as far as it is `key: value`, and the text after it. */
export interface FrontMatter {
  data: Record<string, string>;
  body: string;
}

const KEY_VALUE = /^([A-Za-z][\w-]*):\s*(.*)$/;
const LONGEST = 200;

/**
 * Takes YAML front matter off a Markdown text. Only flat `key: value` lines are read; whatever else YAML can do is
 * skipped, because only the title, the section and the summary are of use here. A lone `---` stays what it is: a rule.
 */
export function splitFrontMatter(source: string): FrontMatter {
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  if (!/^---[ \t]*\r?\n/.test(text)) return { data: {}, body: text };
  const lines = text.split('\n', LONGEST);
  const end = lines.findIndex((line, at) => at > 0 && /^(---|\.\.\.)[ \t]*\r?$/.test(line));
  if (end < 0) return { data: {}, body: text };
  const data: Record<string, string> = {};
  for (const line of lines.slice(1, end)) {
    const match = KEY_VALUE.exec(line.replace(/\r$/, ''));
    if (match?.[1] === undefined || match[2] === undefined) continue;
    data[match[1].toLowerCase()] = unquote(match[2].trim());
  }
  const taken = lines.slice(0, end + 1).reduce((sum, line) => sum + line.length + 1, 0);
  return { data, body: text.slice(taken) };
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(value);
  return quoted?.[2] ?? value;
}
