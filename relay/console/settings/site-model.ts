import { type ReadonlySignal, signal } from '@preact/signals';
import type { SiteSettings } from '../../protocol/site-settings.ts';
import { ApiError } from '../api.ts';
import type { Toasts } from '../app/toasts.ts';
import { errorWords } from '../base/error-words.ts';
import type { Desk } from '../desk/desk.ts';
import { words } from '../locales/locale.ts';

/** A site as its settings show it. */
export interface SiteReply {
  key: string;
  name: string;
  role: 'owner' | 'operator';
  origins: string[];
  settings: SiteSettings;
  refusedOrigins: { origin: string; at: string }[];
  scriptTag: string;
}

type Change = Partial<Pick<SiteReply, 'name' | 'origins' | 'settings'>>;

/** A site's settings: what is changed shows and is saved at once, and can be put back. */
export interface SiteModel {
  readonly site: ReadonlySignal<SiteReply | null>;
  readonly failed: ReadonlySignal<boolean>;
  /** The field that the relay refused last. */
  readonly refused: ReadonlySignal<string | null>;
  /** Counts what was saved, so that a preview can load anew. */
  readonly saves: ReadonlySignal<number>;
  load(): Promise<void>;
  save(change: Change): Promise<boolean>;
  set(change: Partial<SiteSettings>): Promise<boolean>;
  stop(): void;
}

export function createSiteModel(desk: Desk, toasts: Toasts): SiteModel {
  const site = signal<SiteReply | null>(null);
  const failed = signal(false);
  const refused = signal<string | null>(null);
  const saves = signal(0);
  /* One after the other: each change is made of what the one before left. */
  let saving: Promise<unknown> = Promise.resolve();
  let onTheWay = 0;

  const load = async () => {
    try {
      const fresh = await desk.api.get<SiteReply>('');
      if (onTheWay === 0) site.value = fresh;
      failed.value = false;
    } catch {
      failed.value = site.value === null;
    }
  };
  const send = async (change: Change, before: Change, undoable: boolean): Promise<boolean> => {
    const { settings: text } = words.peek();
    onTheWay++;
    try {
      const fresh = await desk.api.send<SiteReply>('PATCH', '', change);
      if (onTheWay === 1) site.value = fresh;
      refused.value = null;
      saves.value++;
      toasts.show(
        undoable
          ? { text: text.saved, action: { label: text.undo, run: () => apply(before, false) } }
          : { text: text.undone },
      );
      return true;
    } catch (error) {
      if (site.value) site.value = { ...site.value, ...before };
      refused.value = (error instanceof ApiError && error.field) || null;
      toasts.show({ text: errorWords(error), tone: 'problem' });
      return false;
    } finally {
      onTheWay--;
    }
  };
  const apply = (change: Change, undoable: boolean): Promise<boolean> => {
    const now = site.peek();
    if (!now) return Promise.resolve(false);
    const before = Object.fromEntries(Object.keys(change).map((key) => [key, now[key as keyof Change]])) as Change;
    site.value = { ...now, ...change };
    const done = saving.then(() => send(change, before, undoable));
    saving = done;
    return done;
  };
  const off = desk.on('edited', (what) => {
    if (what === 'site') load();
  });

  return {
    ...{ site, failed, refused, saves, load },
    save: (change) => apply(change, true),
    set(change) {
      const now = site.peek();
      return now ? apply({ settings: { ...now.settings, ...change } }, true) : Promise.resolve(false);
    },
    stop: off,
  };
}
