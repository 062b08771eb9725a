import type { VNode } from 'preact';
import type { VisitorCommand } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import { Icon, PATHS } from '../base/icons.tsx';
import { uploadList } from '../content/upload-list.tsx';
import type { FormDraft, SentForm } from '../form/model.ts';
import type { Field } from '../form/validate.ts';
import type { Refused } from '../live.ts';
import { choices, faults, label } from './fields.tsx';
import css from './form-more.css?inline';
import { createFormUploads } from './form-uploads.ts';
import { prefillFromAddress } from './prefill-address.ts';
import { formWords } from './words.ts';

/** What the form needs once it shows. */
export interface FormMore {
  /** What is ticked: one box, or several choices under one label. */
  choices(field: Field): VNode[];
  /** A label, with links where it has any. */
  label(text: string): unknown;
  /** What stands between the fields and the button. */
  below(): VNode;
  /** Why the form cannot go now, in one sentence; empty when it can. */
  trouble(): string;
  /** What goes with the fields. */
  take(): Partial<FormDraft>;
  /** What became of a form that was sent. */
  sent(sent: SentForm): VNode;
  /** The relay refused a form. */
  refused(refused: Refused): void;
}

/** A paper clip, after lucide's icons (ISC). */
const CLIP = 'm16 6-8.4 8.6a2 2 0 0 0 2.8 2.8l8.4-8.6a4 4 0 1 0-5.6-5.6L4.8 12a6 6 0 1 0 8.4 8.4L21 12';
/** So many puzzles are solved for one visit's forms. */
const PUZZLES = 5;
type Sent = Extract<VisitorCommand, { type: 'form:submit' }>;

/** Makes the part; it is loaded when the form opens. */
export default function formMore(app: AppContext): FormMore {
  const { core, form } = app;
  const { host, session, over } = core;
  const { locale } = session.site;
  const words = formWords[locale];
  const uploads = createFormUploads(app);
  /** When the form showed. */
  let shown = 0;
  let puzzles = 0;
  host.sheet(css);
  prefillFromAddress(app);

  for (const type of ['paste', 'dragover', 'drop'])
    host.frame.addEventListener(
      type,
      (event) => {
        const data = (event as ClipboardEvent).clipboardData ?? (event as DragEvent).dataTransfer;
        // Beside a composer the files are the chat's.
        if (!data?.types.includes('Files') || !app.box.querySelector('.fd-form-files')) return;
        if (app.box.querySelector('.fd-composer')) return;
        event.preventDefault();
        if (data.files.length) uploads.add([...data.files]);
      },
      { signal: over },
    );

  /** Solves what the relay asks of a suspicious sender, and sends the form once more. */
  const prove = async (command: Sent, challenge: string) => {
    form.command = command;
    app.update();
    const { solve } = await import('./puzzle.ts');
    const nonce = await solve(challenge, over);
    const { id: _id, n: _n, ...draft } = command;
    await form.send({ ...draft, proof: { challenge, nonce } });
    app.update();
  };

  return {
    choices: (field) => choices(form, field),
    label,
    below() {
      shown ||= Date.now();
      return (
        <div class="fd-form-files">
          <button type="button" class="fd-button fd-form-attach" onClick={uploads.pick}>
            <Icon d={CLIP} />
            {words.attach}
          </button>
          {uploads.list?.items.length ? uploadList(app, uploads.list) : <small class="fd-hint">{words.limits}</small>}
          <span class="fd-form-trap" aria-hidden="true">
            <input class="fd-form-trap-field" name="fax_number" tabIndex={-1} autocomplete="off" />
          </span>
        </div>
      );
    },
    trouble() {
      const count = Object.keys(form.errors).length;
      if (count) return faults(locale, count);
      const states = uploads.list?.items.map(({ state }) => state) ?? [];
      if (states.includes('failed')) return words.broken;
      return states.includes('sending') ? words.uploading : '';
    },
    take() {
      const files = uploads.take();
      const trap = app.box.querySelector<HTMLInputElement>('.fd-form-trap input')?.value;
      const shownMs = Math.max(0, Date.now() - shown);
      shown = 0;
      return {
        shownMs,
        ...(trap && { trap }),
        ...(session.site.form.consent && { consent: true }),
        ...(files.length && { files }),
      };
    },
    sent({ waits, reference }) {
      const { formSent } = session.site.texts;
      return (
        <div class="fd-page fd-sent" role="status">
          <Icon d={waits ? PATHS.clock : PATHS.check} />
          <p>{waits && app.lineDown() ? words.queued : waits ? app.words.sending : formSent || words.sent}</p>
          {reference && (
            <p class="fd-reference">
              {words.reference} <b>{reference}</b>
            </p>
          )}
          <button type="button" class="fd-button" onClick={form.again}>
            {words.another}
          </button>
        </div>
      );
    },
    refused(refused) {
      const { command, error } = refused;
      if (command.type !== 'form:submit') return;
      if (app.live) app.live.refused.value = app.live.refused.value.filter((one) => one !== refused);
      if (error.code === 'prove-first' && error.challenge && puzzles++ < PUZZLES) {
        prove(command, error.challenge).catch(() => {
          form.trouble = words.refused;
          const { fields, name, email, subject, message } = command;
          form.restore({ ...fields, name, email, subject, message });
          app.update();
        });
        return;
      }
      // Back into the form with what was written, and the relay's objection beside it.
      const { fields, name, email, subject, message } = command;
      form.restore({ ...fields, name, email, subject, message });
      if (error.code !== 'no-such-file') uploads.restore();
      form.errors = error.field ? { [error.field]: words.notTaken } : {};
      form.trouble = { 'no-such-file': words.fileGone, ended: words.ended }[error.code as string] ?? words.refused;
      app.update();
    },
  };
}
