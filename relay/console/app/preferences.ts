import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { DeviceStorage } from '../storage.ts';

export type Mode = 'auto' | 'light' | 'dark';

/** What an operator chose for this device. */
export interface Preferences {
  readonly mode: ReadonlySignal<Mode>;
  readonly sound: ReadonlySignal<boolean>;
  readonly viewsCollapsed: ReadonlySignal<boolean>;
  readonly personOpen: ReadonlySignal<boolean>;
  setMode(mode: Mode): void;
  setSound(on: boolean): void;
  setViewsCollapsed(collapsed: boolean): void;
  setPersonOpen(open: boolean): void;
}

/** Reads what is kept on the device and puts the mode on the page. */
export function createPreferences(storage: DeviceStorage): Preferences {
  const keptMode = storage.get('mode');
  const mode = signal<Mode>(keptMode === 'light' || keptMode === 'dark' ? keptMode : 'auto');
  const flag = (key: string, otherwise: boolean) => {
    const kept = storage.get(key);
    return signal(kept === null ? otherwise : kept === '1');
  };
  const sound = flag('sound', true);
  const viewsCollapsed = flag('views-collapsed', false);
  /* Where there is no room beside the conversation it is opened when asked for, and that is not remembered. */
  const wide = matchMedia('(min-width: 1280px)');
  const personWanted = flag('person', true);
  const personOpen = signal(wide.matches && personWanted.value);
  wide.addEventListener('change', () => {
    personOpen.value = wide.matches && personWanted.value;
  });
  const keep = (key: string, on: boolean) => storage.set(key, on ? '1' : '0');

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const systemDark = signal(dark.matches);
  dark.addEventListener('change', () => {
    systemDark.value = dark.matches;
  });
  effect(() => {
    const shown = mode.value === 'auto' ? (systemDark.value ? 'dark' : 'light') : mode.value;
    document.documentElement.dataset.mode = shown;
  });

  return {
    ...{ mode, sound, viewsCollapsed, personOpen },
    setMode(to) {
      mode.value = to;
      storage.set('mode', to);
    },
    setSound(on) {
      sound.value = on;
      keep('sound', on);
    },
    setViewsCollapsed(collapsed) {
      viewsCollapsed.value = collapsed;
      keep('views-collapsed', collapsed);
    },
    setPersonOpen(open) {
      personOpen.value = open;
      if (!wide.matches) return;
      personWanted.value = open;
      keep('person', open);
    },
  };
}
