import type { ErrorCode } from '../../protocol/errors.ts';

/** What went wrong and what to do, by code; codes that an operator cannot meet share one sentence. */
const common = 'That did not work. Try again; if it happens again, reload the page.';

export const errors: Record<ErrorCode | 'offline', string> = {
  'bad-frame': common,
  'bad-request': 'Something in it is not right. Check what you entered.',
  'unknown-frame': common,
  'hello-first': common,
  'too-long': 'The text is longer than allowed. Shorten it or send it in parts.',
  'too-big': 'That is larger than allowed.',
  empty: 'There is nothing in it to send.',
  'out-of-order': common,
  'id-reused': common,
  'slow-down': 'Too much at once. Try again in a moment.',
  unauthorised: 'You are signed out. Sign in again.',
  'bad-identity': 'The identity token is not accepted.',
  'other-person': 'Somebody else is signed in on this device.',
  'bad-credentials': 'The e-mail address or the password is not right.',
  'first-password-over':
    'This first password was good for 7 days. Ask the owner of the site, or whoever runs the relay, for a new one.',
  'choose-password': 'Choose a password of your own first.',
  'set-up-second-factor': 'Set up your second factor first.',
  forbidden: 'Only the owner of the site may do this.',
  'forbidden-origin': 'The relay does not know this address of the console. Open it under its own address.',
  'not-found': 'It is not there any more.',
  'unknown-site': 'There is no such site among yours.',
  'already-taken': 'Another operator already has this conversation.',
  'not-assigned': 'This conversation is not assigned to anybody.',
  'too-old': 'It is older than 30 days and cannot go back to the queue. Assign it to an operator.',
  'bad-file': 'Files of this kind are not taken, or the content is not what the name says.',
  'prove-first': 'The form looks like a machine’s.',
  'no-such-file': 'A file is not there any more. Attach it again.',
  'message-deleted': 'This message was deleted.',
  conflict: 'This contradicts what is already there.',
  'bad-field': 'One of the fields is not right.',
  ended: 'This conversation was ended as spam.',
  'channel-off': 'This channel is switched off.',
  internal: 'The relay has failed at this; nothing was changed. Try again.',
  'not-stored': 'The relay cannot write to its disk now. Try again in a moment.',
  'going-down': 'The relay is being restarted. Try again in a moment.',
  offline: 'The relay cannot be reached. Check the network and try again.',
};
