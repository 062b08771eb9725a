import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the built widget and console are: beside the bundle, or in `dist/` when the sources run. */
export function distFolder(): string {
  const beside = join(import.meta.dirname, '..');
  return existsSync(join(beside, 'widget', 'widget.js')) ? beside : join(import.meta.dirname, '..', 'dist');
}
