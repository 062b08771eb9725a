import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the shop's articles and pictures lie: beside this file, or in `demo/` beside the bundle that it became part of. */
export function demoFolder(here: string = import.meta.dirname): string {
  return existsSync(join(here, 'articles', 'manifest.json')) ? here : join(here, 'demo');
}
