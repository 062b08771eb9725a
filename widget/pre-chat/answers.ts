import type { VisitorCommand } from '../../relay/protocol/index.ts';
import type { Core } from '../core.ts';
import type { FieldValue } from '../form/validate.ts';
import type { Live } from '../live.ts';

export type Answers = Record<string, FieldValue>;

/** What was answered on this device before chats. */
export interface Given {
  values: Answers;
  /** The words that were agreed to. */
  agreed: string;
  /** The conversation that was told of it; empty: the one that begins next. */
  chat: string;
}

/** What is asked of the person, and so once and for all; everything else is about the chat. */
export const PERSON = ['name', 'email', 'phone'] as const;
export const isOfPerson = (key: string): boolean => (PERSON as readonly string[]).includes(key);
export const isEmpty = (value: FieldValue | null | undefined): boolean => !value || !`${value}`.trim();

const KEPT = 'answers';
/** Where the device keeps nothing. */
const memory = new WeakMap<Core, Given>();

export const givenOf = (core: Core): Given | undefined => core.kept.get<Given>(KEPT) ?? memory.get(core);
export function keepGiven(core: Core, given: Given): void {
  memory.set(core, given);
  core.kept.set(KEPT, given);
}

/** Whether a message to this conversation would begin a chat. */
export function begins({ session }: Live, conversation: string): boolean {
  const head = session.conversations.get(conversation);
  return !head?.seq || (head.channel === 'chat' && head.status === 'closed');
}

/** What goes with the first message of a chat: what was answered for it, what is known of the person, what the page has set for good. */
function answersFor(core: Core, live: Live, conversation: string): Answers {
  const { preChat, form } = core.session.site;
  const given = givenOf(core);
  if (!preChat || given?.chat === conversation) return {};
  const isNew = given?.chat === '';
  if (!isNew && !begins(live, conversation)) return {};
  const answers: Answers = {};
  for (const key of [...PERSON, ...preChat.fields.map((field) => field.key)]) {
    const set = core.prefill.value[key];
    const value = set?.hidden || set?.readOnly ? set.value : isNew || isOfPerson(key) ? given?.values[key] : '';
    if (value !== undefined && !isEmpty(value)) answers[key] = value;
  }
  if (form.consent && given?.agreed === form.consent) answers.Consent = true;
  return answers;
}

/** Sends with the answers that the conversation was not told of yet. */
export function withAnswers(core: Core, live: Live, send = live.send): Live['send'] {
  let isBusy = false;
  live.session.on('verdict', ({ command, verdict }) => {
    const given = givenOf(core);
    // Refused for good, and with it what was answered.
    if (given && verdict.type === 'reject' && 'answers' in command) keepGiven(core, { ...given, chat: '' });
  });
  return async (text, conversation, extras) => {
    const answers = isBusy ? {} : answersFor(core, live, conversation);
    if (!Object.keys(answers).length) return send(text, conversation, extras);
    isBusy = true;
    try {
      const command = (await send(text, conversation, { ...extras, answers })) as Extract<
        VisitorCommand,
        { type: 'message:send' }
      >;
      const { values = {}, agreed = '' } = givenOf(core) ?? {};
      keepGiven(core, { values, agreed, chat: command.conversation });
      return command;
    } finally {
      isBusy = false;
    }
  };
}
