/** Minutes as they are said to people; a wait is rounded up to the next of them. */
const SAID = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120];
/** From fewer answers nothing is concluded. */
const FEWEST = 5;
/** So many of the last first answers count. */
export const ANSWERS = 20;

/** A chat's first words and what was answered first; times in milliseconds. */
export interface FirstAnswer {
  askedAt: number;
  answeredAt: number;
}

/** Where chats stand of which the longest waiting comes first. */
export const placesOf = (waiting: readonly string[]): ReadonlyMap<string, number> =>
  new Map(waiting.map((id, before) => [id, before + 1]));

/** In how many minutes a chat is answered: the median of the last answers, as it is said to people; null where they are too few or too slow to say. */
export function expectedMinutes(answers: readonly FirstAnswer[]): number | null {
  const waits = answers
    .toSorted((a, b) => b.answeredAt - a.answeredAt)
    .slice(0, ANSWERS)
    .map(({ askedAt, answeredAt }) => answeredAt - askedAt)
    .sort((a, b) => a - b);
  const middle = waits[Math.floor(waits.length / 2)];
  if (waits.length < FEWEST || middle === undefined) return null;
  return SAID.find((minutes) => middle <= minutes * 60_000) ?? null;
}

/** The first answers among messages, given oldest first for each conversation; chats that an operator began have none. */
export function firstAnswers(
  messages: readonly { conversationId: string; authorKind: string; at: number }[],
): FirstAnswer[] {
  const asked = new Map<string, number | null>();
  const answers: FirstAnswer[] = [];
  for (const { conversationId, authorKind, at } of messages) {
    const askedAt = asked.get(conversationId);
    if (authorKind === 'visitor' && askedAt === undefined) asked.set(conversationId, at);
    if (authorKind !== 'operator' || askedAt === null) continue;
    if (askedAt !== undefined) answers.push({ askedAt, answeredAt: at });
    asked.set(conversationId, null);
  }
  return answers;
}
