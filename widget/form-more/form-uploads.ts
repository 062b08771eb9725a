import { createUploads, type Uploads } from '../../relay/client/uploads.ts';
import type { AttachedFile } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import { bearer } from '../base/fetch.ts';

/** The files of the form: what is attached is kept with the draft, what was sent until the relay has taken it. */
export interface FormUploads {
  readonly list: Uploads | undefined;
  add(files: readonly File[]): void;
  pick(): void;
  /** Ids of what goes with the form now. */
  take(): string[];
  /** The form came back: so do its files. */
  restore(): void;
}

const KEPT = 'files:form';
const SENT = 'files:form-sent';

export function createFormUploads(app: AppContext): FormUploads {
  const { core } = app;
  const { kept, session, options } = core;
  let list: Uploads | undefined;

  const make = (files: readonly AttachedFile[]) => {
    list = createUploads({
      address: (name) =>
        `${options.relay}/api/visitor/uploads?site=${session.site.key}&name=${encodeURIComponent(name)}`,
      // Read at each upload: a session may begin, or become another's, meanwhile.
      headers: {
        get authorization() {
          return bearer(core);
        },
      },
      kept: files,
      over: core.over,
      changed(ready) {
        kept.set(KEPT, ready.length ? ready : null);
        app.update();
      },
    });
    return list;
  };
  const before = kept.get<AttachedFile[]>(KEPT);
  if (before) make(before);

  /** Whoever hands over a file has acted: that begins the session where it was waited for. */
  const begin = async () => {
    if (!session.quiet) return;
    if (options.consent === 'wait') options.consent = undefined;
    await (await core.live()).begin?.();
  };
  const uploads: FormUploads = {
    get list() {
      return list;
    },
    add(files) {
      begin().then(
        () => (list ?? make([])).add(files),
        () => {},
      );
    },
    pick() {
      const input = document.createElement('input');
      input.type = 'file';
      input.multiple = true;
      input.onchange = () => uploads.add([...(input.files ?? [])]);
      input.click();
    },
    take() {
      const files = list?.take() ?? [];
      kept.set(SENT, files.length ? files : null);
      return files.map(({ id }) => id);
    },
    restore() {
      make(kept.get<AttachedFile[]>(SENT) ?? []);
    },
  };
  return uploads;
}
