import type { VNode } from 'preact';
import type { Upload, Uploads } from '../../relay/client/uploads.ts';
import type { AppContext } from '../app.tsx';
import { Icon, PATHS } from '../base/icons.tsx';
import css from './upload-list.css?inline';
import { contentWords } from './words.ts';

/** A cross, after lucide's icons (ISC). */
export const CROSS = 'M18 6 6 18M6 6l12 12';
const PREVIEW_PX = 80;
/** The widgets that have the styles of the list. */
const dressed = new WeakSet<object>();

/** Bytes in words. */
export const sizeWords = (size: number, locale: 'en' | 'ru'): string => {
  const [kilo = '', mega = ''] = contentWords[locale].bytes;
  const large = size >= 1e6;
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: large ? 1 : 0 });
  return `${digits.format(Math.max(size / (large ? 1e6 : 1e3), large ? 0 : 1))} ${large ? mega : kilo}`;
};

/** A picture that was chosen, drawn without an address: pages with a strict policy allow no blob ones. */
async function drawPreview(canvas: HTMLCanvasElement, file: File): Promise<void> {
  canvas.dataset.drawn = '';
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return;
  const side = Math.min(picture.width, picture.height);
  canvas.width = PREVIEW_PX;
  canvas.height = PREVIEW_PX;
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  canvas.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, PREVIEW_PX, PREVIEW_PX);
  picture.close();
}

/** The files of a message or form that is being written: each with its progress, and what can be done with it. */
export function uploadList(app: AppContext, uploads: Uploads): VNode | null {
  if (!uploads.items.length) return null;
  const { host } = app.core;
  if (!dressed.has(host)) host.sheet(css);
  dressed.add(host);
  const { locale } = app.core.session.site;
  const words = contentWords[locale];
  app.settled(() => {
    for (const { key, file } of uploads.items) {
      const canvas = app.box.querySelector<HTMLCanvasElement>(`canvas[data-key="${key}"]:not([data-drawn])`);
      if (canvas && file) drawPreview(canvas, file);
    }
  });
  const state = ({ state: is, code, size }: Upload) =>
    is === 'failed' ? (words.faults[code ?? ''] ?? words.failed) : is === 'ready' ? sizeWords(size, locale) : '';
  return (
    <div class="fd-uploads">
      <ul>
        {uploads.items.map((item) => (
          <li key={item.key} class={`fd-upload fd-upload-${item.state}`}>
            {/^image\//.test(item.file?.type ?? '') ? <canvas data-key={item.key} /> : <Icon d={PATHS.text} />}
            <span>
              <b>{item.name}</b>
              <small role={item.state === 'failed' ? 'alert' : undefined}>
                {item.state === 'sending' ? (
                  <progress max={1} value={item.progress} aria-label={`${words.uploading}: ${item.name}`} />
                ) : (
                  state(item)
                )}
              </small>
            </span>
            {item.state === 'failed' && item.file && /offline|slow-down|internal/.test(item.code ?? '') && (
              <button type="button" class="fd-again" onClick={() => uploads.retry(item.key)}>
                {words.retry}
              </button>
            )}
            <button
              type="button"
              class="fd-tool"
              aria-label={`${item.state === 'sending' ? words.cancel : words.remove}: ${item.name}`}
              onClick={() => uploads.remove(item.key)}
            >
              <Icon d={CROSS} />
            </button>
          </li>
        ))}
      </ul>
      <small>{words.limits}</small>
    </div>
  );
}
