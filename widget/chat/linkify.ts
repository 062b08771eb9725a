/** A stretch of a message: plain text, or a link with what it shows. */
export type Stretch = string | { href: string; text: string };

const LINK = /(?:https?:\/\/|www\.)[^\s<>"«»“”]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]+)+/gi;

/** Splits a text at its links: http, https, www and e-mail addresses, without the punctuation behind them. */
export function linkify(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    let link = found.replace(/[.,:;!?'…]+$/, '');
    // A bracket belongs to the address only when it was opened in it.
    while (/[)\]}]$/.test(link) && !/[([{]/.test(link)) link = link.slice(0, -1).replace(/[.,:;!?'…]+$/, '');
    const href = link.includes('@') && !link.includes('/') ? `mailto:${link}` : link.replace(/^www\./i, 'https://$&');
    if (index > from) stretches.push(text.slice(from, index));
    stretches.push({ href, text: link });
    from = index + link.length;
  }
  if (from < text.length) stretches.push(text.slice(from));
  return stretches;
}
