/** What the bundle begins with: a file so small that it can say how the rest is to be compiled. */
import { keepCompiled } from './compile-cache.ts';

keepCompiled(process.env.DATA_DIR || 'data', import.meta.filename);
await import('./main.ts');
