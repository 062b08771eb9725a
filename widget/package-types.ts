import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
const IMPORT = /^import (?:type )?\{([^}]+)\} from '(\.[^']+)';\n/gm;

/** The text of one exported type in a declaration file, with the comment in front of it. */
function declarationOf(text: string, name: string): string {
  const begin = new RegExp(`(?:/\\*\\*(?:(?!\\*/)[^])*\\*/\\n)?^export (?:interface|type) ${name}\\b`, 'm').exec(text);
  if (!begin) throw new Error(`The type ${name} is not declared where it is imported from.`);
  let depth = 0;
  let end = begin.index + begin[0].length;
  for (; end < text.length; end++) {
    const sign = text[end];
    if (sign === '{') depth++;
    if (sign === '}') depth--;
    if ((sign === '}' || sign === ';') && depth === 0 && text[end + 1] === '\n') break;
  }
  return `${text.slice(begin.index, end + 1)}\n`;
}

/** A declaration file with what it imports from others of ours written into it. */
async function joined(folder: string, entry: string): Promise<string> {
  const taken = new Map<string, string>();
  const take = async (file: string, wanted: (name: string) => boolean) => {
    const text = await readFile(join(folder, file.replace(/\.tsx?$/, '.d.ts')), 'utf8');
    for (const [, names = '', from = ''] of text.matchAll(IMPORT))
      for (const name of names.split(',').map((one) => one.trim().replace(/^type /, ''))) {
        if (taken.has(name) || !wanted(name)) continue;
        const source = join(file, '..', from);
        const found = declarationOf(await readFile(join(folder, source.replace(/\.tsx?$/, '.d.ts')), 'utf8'), name);
        taken.set(name, found);
        await take(source, (inner) => new RegExp(`\\b${inner}\\b`).test(found));
      }
    return text;
  };
  const text = await take(entry, () => true);
  const own = text.replace(IMPORT, '').replace(/^export type \{[^}]+\};\n/gm, '');
  return [...taken.values(), own].join('\n');
}

/** The types of the npm package as one file that imports nothing, made from the declarations of `entry`. */
export async function packageTypes(entry: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-types-'));
  try {
    const config = join(folder, 'tsconfig.json');
    const compilerOptions = {
      ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: folder, rootDir: root },
      typeRoots: [join(root, 'node_modules/@types')],
    };
    const files = [entry, join(root, 'widget/css.d.ts')];
    await writeFile(
      config,
      JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, files, include: [] }),
    );
    await promisify(execFile)(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config]);
    return await joined(folder, relative(root, entry));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
