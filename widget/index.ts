import api, { listen, listenOnce } from './api.ts';
import type { Opening } from './app.tsx';
import type { Prefilled } from './core.ts';
import { createDesk } from './desk.ts';
import type { WidgetEvents } from './events.ts';
import type { Person, Proof } from './identity/identify.ts';
import type { Options } from './options.ts';
import { stateOf, type WidgetState } from './state.ts';

export type { Opening, Options, Person, Prefilled, Proof, WidgetEvents, WidgetState };

type Filling = Prefilled | Prefilled['value'];

/** What the forms are filled with; `fields` by the key of the site's own fields. */
export interface FormValues {
  name?: Filling;
  email?: Filling;
  phone?: Filling;
  subject?: Filling;
  message?: Filling;
  fields?: Record<string, Filling>;
}

/** The widget as an object: the verbs of the global function as methods; `on`, `once` and `state` answer at once. */
export interface FrontdeskWidget {
  destroy(): Promise<void>;
  open(screen?: string, opening?: Opening): Promise<void>;
  close(): Promise<void>;
  toggle(): Promise<void>;
  show(): Promise<void>;
  hide(): Promise<void>;
  prefill(values: FormValues): Promise<void>;
  send(text: string): Promise<void>;
  search(query: string): Promise<void>;
  article(slug: string): Promise<void>;
  suggest(given?: string[] | { query: string }): Promise<void>;
  page(url?: string): Promise<void>;
  trigger(id: string): Promise<void>;
  config(options: Partial<Options>): Promise<void>;
  locale(code: string): Promise<void>;
  identify(person: Person | null, proof?: Proof): Promise<void>;
  logout(): Promise<void>;
  set(attributes: Record<string, string | number | boolean | null>): Promise<void>;
  setConversation(attributes: Record<string, string | number | boolean | null>): Promise<void>;
  track(event: string, data?: Record<string, string | number | boolean>): Promise<void>;
  consent(state: 'granted' | 'wait' | 'denied'): Promise<void>;
  refreshStyles(): Promise<void>;
  state(): WidgetState;
  on<K extends keyof WidgetEvents>(event: K, listener: (data: WidgetEvents[K]) => void): () => void;
  once<K extends keyof WidgetEvents>(event: K, listener: (data: WidgetEvents[K]) => void): () => void;
}

/** Starts a widget. Its parts come from the relay, which has to be of this package's version. */
export function createWidget(options: Options & { relay: string }): FrontdeskWidget {
  const desk = createDesk({});
  const verb =
    (name: string) =>
    (...args: unknown[]) =>
      api(desk, [name, ...args]) as Promise<void>;
  verb('init')({ ...options, relay: options.relay.replace(/\/+$/, '') }).catch((error) => console.warn(error.message));
  return {
    destroy: verb('destroy'),
    open: verb('open'),
    close: verb('close'),
    toggle: verb('toggle'),
    show: verb('show'),
    hide: verb('hide'),
    prefill: verb('prefill'),
    send: verb('send'),
    search: verb('search'),
    article: verb('article'),
    suggest: verb('suggest'),
    page: verb('page'),
    trigger: verb('trigger'),
    config: verb('config'),
    locale: verb('locale'),
    identify: verb('identify'),
    logout: verb('logout'),
    set: verb('set'),
    setConversation: verb('setConversation'),
    track: verb('track'),
    consent: verb('consent'),
    refreshStyles: verb('refreshStyles'),
    state: () => stateOf(desk.running?.core),
    on: (event, listener) => listen(desk, event, listener as (data: unknown) => void),
    once: (event, listener) => listenOnce(desk, event, listener as (data: unknown) => void),
  };
}
