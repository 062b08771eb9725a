import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** One line of a dialogues file: who said what, in order. */
const dialogue = z.object({
  id: z.string(),
  locale: z.string().default('en'),
  messages: z.array(z.object({ author: z.enum(['visitor', 'operator']), text: z.string() })).min(1),
});
export type Dialogue = z.infer<typeof dialogue>;

/** Reads a file of one JSON object a line. Throws with the number of a line that is not a dialogue. */
export async function readDialogues(path: string, most = Number.POSITIVE_INFINITY): Promise<Dialogue[]> {
  const dialogues: Dialogue[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    number++;
    if (line.trim() === '') continue;
    const parsed = dialogue.safeParse(JSON.parse(line));
    if (!parsed.success) throw new Error(`${path}:${number}: ${parsed.error.issues[0]?.message}`);
    dialogues.push(parsed.data);
    if (dialogues.length === most) break;
  }
  return dialogues;
}
