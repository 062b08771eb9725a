/**
 * The anchor of a heading, made as GitHub makes it: lower case, letters and digits of any script, `-` for spaces,
 * other punctuation left out.
 */
export function anchorOf(heading: string): string {
  return heading
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** Gives each heading of one text an anchor of its own: the second «usage» becomes `usage-1`. */
export function anchorNamer(): (wanted: string) => string {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return (wanted) => {
    const base = wanted === '' ? 'section' : wanted;
    let name = base;
    let count = next.get(base) ?? 0;
    while (taken.has(name)) {
      count += 1;
      name = `${base}-${count}`;
    }
    next.set(base, count);
    taken.add(name);
    return name;
  };
}

const skeleton = (anchor: string): string =>
  anchor
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The anchor that a link means. Other generators write `_` for `-`, drop doubled dashes or keep «ё» where GitHub does
 * not, so anchors that differ only in that are the same one. `null`: the text has no such place.
 */
export function matchAnchor(wanted: string, anchors: readonly string[]): string | null {
  if (anchors.includes(wanted)) return wanted;
  const bones = skeleton(wanted);
  if (bones === '') return null;
  return anchors.find((anchor) => skeleton(anchor) === bones) ?? null;
}
