import type { LogEvent } from '../../relay/protocol/index.ts';

/** Days between two dates by the clock of this device. */
const daysUntil = (at: Date) =>
  Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);

const format = (at: Date, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en', options).format(at);
const back = (iso: string) => {
  const at = new Date(iso);
  const time = format(at, { timeStyle: 'short' });
  const days = daysUntil(at);
  if (days <= 0) return `at ${time}`;
  if (days === 1) return `tomorrow at ${time}`;
  return days < 7
    ? `on ${format(at, { weekday: 'long' })} at ${time}`
    : `on ${format(at, { day: 'numeric', month: 'long' })} at ${time}`;
};

/** Words that only some visits need. This file is the type; a further language is one file that satisfies it. */
const words = {
  /** Nobody is here; `own` is the site's sentence about it, `at` when somebody is back. */
  away: (own: string, at: string) =>
    own ? `${own} We are back ${back(at)}.` : `Nobody is here right now, we are back ${back(at)}.`,
  closed: 'The conversation is closed. Write if there is anything else.',
  reopened: 'The conversation is open again.',
  ended: 'The operator has ended the conversation.',
  rate: 'How was our help?',
  worst: 'Not good',
  best: 'Very good',
  comment: 'Anything to add?',
  sendRating: 'Send',
  skip: 'Not now',
  solved: 'Is your question solved?',
  solvedYes: 'Yes, it is',
  solvedNo: 'Not yet',
  soundOn: 'Turn the sound on',
  soundOff: 'Turn the sound off',
  save: 'Download the conversation',
  end: 'End the chat',
  nothingYet: 'Nothing has been written yet.',
  notSent: 'Not sent.',
  remove: 'Remove',
  /** What happened, for a line between messages. */
  said: (event: LogEvent): string => {
    if (event.type === 'rating') return `You rated the chat: ${event.score} of 5`;
    if (event.type === 'solved')
      return event.said === 'no'
        ? 'You said: not solved yet. The operator knows.'
        : 'The operator asks whether it is solved.';
    if (event.type !== 'status') return '';
    if (event.solved) return 'You said: it is solved. The conversation is closed.';
    return event.status === 'open' ? words.reopened : event.ended ? words.ended : words.closed;
  },
  required: 'Fill in this field.',
  badEmail: 'An address looks like name@example.com.',
  badNumber: 'A number is expected here.',
  badDate: 'A date is expected here.',
  badPhone: 'A phone number is expected here.',
  tooLong: 'This is longer than allowed.',
  notAnOption: 'Choose one of the answers offered.',
  keeps: 'You can go on writing here: it will wait for us.',
  writeMail: 'Leave an e-mail instead',
};
export type MoreWords = typeof words;
export default words;
