import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Upload } from '../../client/uploads.ts';
import type { AttachedFile } from '../../protocol/log-event.ts';
import { IconButton } from '../base/button.tsx';
import { Dialog } from '../base/dialog.tsx';
import { Icon } from '../base/icon.tsx';
import { language, words } from '../locales/locale.ts';
import type { Attaching } from './attaching.ts';

const isPicture = ({ mime, width }: AttachedFile) => width !== undefined && mime.startsWith('image/');

function sizeWords(size: number): string {
  const [unit, value] =
    size >= 1e6 ? (['megabyte', size / 1e6] as const) : (['kilobyte', Math.max(1, size / 1e3)] as const);
  const digits = { maximumFractionDigits: size >= 1e6 ? 1 : 0 };
  return new Intl.NumberFormat(language.value, { style: 'unit', unit, ...digits }).format(value);
}

/** The files of a message: pictures open large, the rest is saved. */
export function Attachments({ files, attaching }: { files: readonly AttachedFile[]; attaching: Attaching }): VNode {
  const large = useSignal<AttachedFile | null>(null);
  const { files: text } = words.value.conversation;
  const shown = large.value;
  return (
    <div class="attachments">
      {files.map((file) => {
        const address = attaching.addressOf(file.id) ?? undefined;
        const { id, name, size, width, height } = file;
        return isPicture(file) ? (
          <button
            key={id}
            type="button"
            class="picture"
            aria-label={text.open(name)}
            onClick={() => (large.value = file)}
          >
            <img {...(address && { src: address })} width={width} height={height} alt="" />
          </button>
        ) : (
          <a key={id} class="file" {...(address && { href: address })} download={name}>
            <Icon name="download" size={18} />
            <span class="file-name">{name}</span>
            <small>{sizeWords(size)}</small>
          </a>
        );
      })}
      {shown && (
        <Dialog title={shown.name} large onClose={() => (large.value = null)}>
          <img
            class="picture-large"
            src={attaching.addressOf(shown.id) ?? ''}
            width={shown.width}
            height={shown.height}
            alt={shown.name}
          />
          <p class="picture-foot">
            <a class="link" href={attaching.addressOf(shown.id) ?? ''} download={shown.name}>
              {text.save}
            </a>
            <small>{sizeWords(shown.size)}</small>
          </p>
        </Dialog>
      )}
    </div>
  );
}

/** A small picture of what was chosen, before it has an address. */
function Preview({ file }: { file: File }): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    createImageBitmap(file).then(
      (picture) => {
        const side = Math.min(picture.width, picture.height);
        const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
        canvas.current?.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, 64, 64);
        picture.close();
      },
      () => {},
    );
  }, [file]);
  return <canvas ref={canvas} width={64} height={64} class="upload-preview" />;
}

/** What is attached to the message that is being written. */
export function UploadList({ attaching }: { attaching: Attaching }): VNode | null {
  const { files: text } = words.value.conversation;
  const { errors, composer } = words.value;
  if (attaching.items.value.length === 0) return null;
  const fault = ({ code }: Upload) => (code === 'too-long' ? text.tooMany : errors[code ?? 'internal']);
  return (
    <ul class="upload-list" aria-label={text.attached}>
      {attaching.items.value.map((item) => (
        <li key={item.key} class={`upload upload-${item.state}`}>
          {item.file?.type.startsWith('image/') ? <Preview file={item.file} /> : <Icon name="file" size={20} />}
          <span class="upload-body">
            <span class="file-name">{item.name}</span>
            {item.state === 'sending' ? (
              <progress max={1} value={item.progress} aria-label={text.uploading(item.name)} />
            ) : (
              <small role={item.state === 'failed' ? 'alert' : undefined}>
                {item.state === 'failed' ? fault(item) : sizeWords(item.size)}
              </small>
            )}
          </span>
          {item.state === 'failed' && item.code === 'offline' && (
            <button type="button" class="link" onClick={() => attaching.retry(item.key)}>
              {composer.retry}
            </button>
          )}
          <IconButton
            icon="x"
            size={16}
            name={`${text.remove}: ${item.name}`}
            onClick={() => attaching.remove(item.key)}
          />
        </li>
      ))}
    </ul>
  );
}
