import { el, icon } from './base/dom.ts';
import { ICONS } from './icons.ts';

/** What the launcher shows. */
export interface LauncherLook {
  /** One of ours, the address of a picture, or the data of a path. */
  icon: string;
  /** Text beside the icon; empty: the icon alone. */
  label: string;
  left: boolean;
  hidden: boolean;
  open: boolean;
  unread: number;
  /** Its name for assistive technology. */
  name: string;
}

/** The button that opens and closes the window, in plain DOM. */
export function createLauncher(frame: HTMLElement, press: () => void): (look: LauncherLook) => void {
  const button = el('button', 'fd-launcher');
  button.onclick = press;
  frame.append(button);
  return ({ icon: sign, label, left, hidden, open, unread, name }) => {
    button.className = `fd-launcher${left ? ' fd-left' : ''}`;
    button.hidden = hidden;
    button.ariaExpanded = `${open}`;
    button.ariaLabel = unread ? `${name} (${unread})` : name;
    button.ariaHasPopup = 'dialog';
    // Drawn anew only when something else is to be seen, or the change of the icon would not be smooth.
    const drawn = [sign, label, unread].join();
    if (button.dataset.drawn === drawn) return;
    button.dataset.drawn = drawn;
    const own = el('img', 'fd-icon');
    if (/^(https?:)?\//.test(sign)) own.src = sign;
    button.replaceChildren(own.src ? own : icon(ICONS[sign] ?? sign), icon(ICONS.close ?? ''));
    if (label) button.append(el('span', 'fd-launcher-label', label));
    if (unread) button.append(el('span', 'fd-launcher-badge', unread > 99 ? '99+' : `${unread}`));
  };
}
