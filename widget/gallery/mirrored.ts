const LATIN = 'abcdefghijklmnopqrstuvwxyz';
/** Letters that run from right to left, one for each of ours, so that lines are as long as they were. */
const HEBREW = 'אבגדהוזחטיכלמנסעפצקרשתךםןף';
const ATTRIBUTES = ['aria-label', 'placeholder', 'title', 'data-text'];

/** A text in the letters of the pseudo-locale; figures, names of hosts and what has no letters stay. */
const mirrored = (text: string): string =>
  text.replace(/https?:\S+|[a-z]/gi, (sign) => HEBREW[LATIN.indexOf(sign.toLowerCase())] ?? sign);

/** Keeps all words of the widget in the pseudo-locale, whatever it draws. */
export function mirrorWords(root: ShadowRoot): void {
  const watcher = new MutationObserver(() => turn());
  const turn = () => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (node instanceof Text) {
        if (node.data !== mirrored(node.data)) node.data = mirrored(node.data);
      } else if (node instanceof Element)
        for (const name of ATTRIBUTES) {
          const value = node.getAttribute(name);
          if (value && value !== mirrored(value)) node.setAttribute(name, mirrored(value));
        }
  };
  watcher.observe(root, {
    ...{ childList: true, subtree: true, characterData: true },
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
  turn();
}
