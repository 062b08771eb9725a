import type { LabClient } from './lab-client.ts';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Texts differ in length and in script, as those of people do. */
const WORDS = [
  'да',
  'thanks',
  'where is my order?',
  'спасибо, жду',
  '👍🏽',
  'ok',
  'приём «ёлочки»',
  '12 €',
  'a\nb',
  '…',
];
/** With more than so many commands without a verdict a person would have stopped writing. */
const PATIENCE = 40;

const textOf = (name: string, count: number, random: () => number) => {
  const words = Array.from({ length: Math.floor(random() * 8) }, () => WORDS[Math.floor(random() * WORDS.length)]);
  return [`${name}:${count}`, ...words].join(' ');
};

/** Writes in bursts while `on()`, and now and then closes the page and comes back to it. */
export async function visitorLife(client: LabClient, random: () => number, on: () => boolean): Promise<void> {
  for (let count = 0; on(); ) {
    await sleep(random() * 200);
    if (client.pending > PATIENCE) continue;
    for (let burst = Math.floor(random() * 8); burst >= 0; burst--)
      await client.say(client.conversations[0] ?? '', textOf(client.name, count++, random));
    if (random() < 0.01) {
      client.close();
      await sleep(random() * 1_000);
      await client.open(() => false);
    }
  }
}

/** Answers in the conversations shown, and moves them about. */
export async function operatorLife(client: LabClient, random: () => number, on: () => boolean): Promise<void> {
  for (let count = 0; on(); ) {
    await sleep(random() * 80);
    if (client.pending > PATIENCE) continue;
    const conversation = client.conversations[Math.floor(random() * client.conversations.length)] ?? '';
    if (client.top(conversation) > 0 && random() < 0.15) {
      const type = (['take', 'return', 'close', 'reopen'] as const)[Math.floor(random() * 4)] ?? 'take';
      await client.act({ type: `conversation:${type}`, conversation });
    } else
      for (let burst = Math.floor(random() * 4); burst >= 0; burst--)
        await client.say(conversation, textOf(client.name, count++, random));
    if (random() < 0.003) {
      client.close();
      await sleep(random() * 500);
      await client.open(() => false);
    }
  }
}
