import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

const README = `# @frontdesk/widget

The Frontdesk widget as a module: the same verbs as the script tag's function, with types.

\`\`\`js
import { createWidget } from '@frontdesk/widget';

const widget = createWidget({ relay: 'https://support.example', site: 'demo' });
const stop = widget.on('unread', (count) => console.log(count));
await widget.open('chat', { draft: 'About order 7' });
\`\`\`

The widget's parts are loaded from the relay, which has to be of the version of this package or of the one after it. The
module can be imported where there is no window; call \`createWidget\` in the browser.
`;

/** Writes the npm package: a manifest of its own, the module, its types, what it is, and the licence. */
export async function writePackage(folder: string, code: string, types: string): Promise<void> {
  const { version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  const manifest = {
    name: '@frontdesk/widget',
    version,
    description: 'The Frontdesk customer-support widget: form, knowledge base, chat and messengers in one panel.',
    license,
    type: 'module',
    sideEffects: false,
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
    files: ['index.js', 'index.d.ts'],
  };
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`),
    writeFile(join(folder, 'index.js'), code),
    writeFile(join(folder, 'index.d.ts'), types),
    writeFile(join(folder, 'README.md'), README),
    copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE')),
  ]);
}
