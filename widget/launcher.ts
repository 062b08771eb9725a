import { el, icon } from './base/dom.ts';
import type { Core } from './core.ts';
import { ICONS } from './icons.ts';
import { pathFits } from './page.ts';

/** The launcher's name where the site has given none, by language; put in by the build from the locale files. */
declare const __HELP__: Record<string, string>;

/** Draws the button that opens and closes the window, in plain DOM. */
export function drawLauncher(button: HTMLElement, { options, session, open, unread }: Core): void {
  const { locale, launcher } = session.site;
  const { label } = launcher;
  const sign = options.icon ?? launcher.icon;
  const count = unread.value;
  const name = label || __HELP__[locale];

  button.hidden =
    options.launcher === 'off' ||
    (launcher.hiddenOnPhones && innerWidth < 480) ||
    pathFits(location.pathname, launcher.hiddenOn);
  button.ariaExpanded = `${open.value}`;
  button.ariaLabel = count ? `${name} (${count})` : `${name}`;
  // The address of a picture, one of ours, or the data of a path.
  const picture = sign.includes('/') ? Object.assign(el('img', 'fd-icon'), { src: sign }) : icon(ICONS[sign] ?? sign);
  button.replaceChildren(picture, icon(ICONS.close ?? ''));
  if (label) button.append(el('span', 'fd-launcher-label', label));
  if (count) button.append(el('span', 'fd-launcher-badge', count > 99 ? '99+' : `${count}`));
}
