import { parseArgs } from 'node:util';
import { readDialogues } from './dialogues.ts';
import { replay } from './replay.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    relay: { type: 'string', default: 'http://localhost:8787' },
    site: { type: 'string', default: 'demo' },
    email: { type: 'string', default: 'owner@localhost' },
    password: { type: 'string', default: '' },
    most: { type: 'string', default: '500' },
    'at-once': { type: 'string', default: '50' },
  },
});
const [path] = positionals;
if (!path || !values.password) {
  console.error(
    'node examples/replay-dialogues/main.ts FILE.jsonl --password … [--relay URL] [--site KEY] [--email …] [--most 500] [--at-once 50]',
  );
  process.exitCode = 2;
} else {
  const report = await replay({
    relay: values.relay,
    site: values.site,
    operator: { email: values.email, password: values.password },
    dialogues: await readDialogues(path, Number(values.most)),
    atOnce: Number(values['at-once']),
    onProgress: (done) => process.stderr.isTTY && process.stderr.write(`\r${done} dialogues`),
  });
  process.stderr.write('\n');
  for (const difference of report.differences.slice(0, 20)) console.log(difference);
  console.log(
    `${report.dialogues} dialogues, ${report.messages} messages in ${report.seconds.toFixed(1)} s; ${report.differences.length} read back otherwise`,
  );
  process.exitCode = report.differences.length === 0 ? 0 : 1;
}
