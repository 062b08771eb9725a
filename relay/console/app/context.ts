import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Desk } from '../desk/desk.ts';
import type { App } from './app-model.ts';

export const AppContext = createContext<App | null>(null);
export const DeskContext = createContext<Desk | null>(null);

/** The console; there is always one below `AppContext`. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('There is no console around this component.');
  return app;
}

/** The open site; there is always one below `DeskContext`. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('There is no open site around this component.');
  return desk;
}
