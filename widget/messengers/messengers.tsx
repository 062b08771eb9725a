import type { VNode } from 'preact';
import type { AppContext } from '../app.tsx';
import { Icon, PATHS } from '../base/icons.tsx';

/** Pictures of messengers; two signs stand for those that are known by their letters. */
const SIGNS: Record<string, string> = {
  telegram: PATHS.send,
  whatsapp: PATHS.phone,
  viber: PATHS.phone,
  vk: 'VK',
  messenger: PATHS.bubble,
  instagram: PATHS.photo,
  skype: 'S',
  ok: 'OK',
  signal: PATHS.bubble,
  line: 'L',
  phone: PATHS.phone,
  sms: PATHS.bubble,
  url: PATHS.link,
};

/** Messengers have schemes of their own; only those that run code are left out. */
const safe = (url: string) => (/^\s*(javascript|data|vbscript):/i.test(url) ? '' : url);

/** Links to messengers, each with a QR code for a phone in the other hand. */
export const messengersScreen = (app: AppContext): VNode => (
  <ul class="fd-page fd-messengers">
    {app.core.session.site.messengers.map(({ kind, label, url }) => {
      const sign = SIGNS[kind] ?? PATHS.link;
      const code = app.codes.get(url);
      return (
        <li key={url}>
          <a class={`fd-messenger fd-messenger-${kind}`} target="_blank" rel="noopener noreferrer" href={safe(url)}>
            <i>{sign.length < 3 ? sign : <Icon d={sign} />}</i>
            <b>{label}</b>
          </a>
          {!app.phone.matches && (
            <button
              type="button"
              class="fd-tool"
              aria-label={`${app.words.qr}: ${label}`}
              aria-expanded={!!code}
              onClick={() => app.toggleCode(url)}
            >
              <Icon d={PATHS.qr} />
            </button>
          )}
          {code && (
            <figure class="fd-qr">
              <svg viewBox={`-2 -2 ${code.size + 4} ${code.size + 4}`} role="img" aria-label={`QR: ${label}`}>
                <path d={code.path} />
              </svg>
              <figcaption>{app.words.qrLine}</figcaption>
            </figure>
          )}
        </li>
      );
    })}
  </ul>
);
