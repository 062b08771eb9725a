/** Every limit of the wire in one place; `docs/protocol.md` states them for people. No zod here: the widget imports this file. */
export const LIMITS = {
  /** Characters of one chat message. */
  messageChars: 8_000,
  /** Characters of what is said with a rating. */
  commentChars: 2_000,
  /** Characters of the name of something a page tracks. */
  trackChars: 100,
  /** Bytes of one frame, after which the socket is closed with `too-big`. */
  frameBytes: 128 * 1024,
  /** Characters of a command as JSON, so that with its head and at three bytes a character it fits into a frame. */
  commandChars: 42_000,
  /** Commands of one outbox that may be on the way at once. */
  commandsInFlight: 32,
  /** Commands of one socket that may wait for their commit; a client that ignores the window above is told to slow down. */
  commandsQueued: 128,
  /** Events in one replay page. */
  replayPage: 200,
  /** Milliseconds a fresh socket has to send `hello`. */
  helloMs: 5_000,
  /** Milliseconds without `welcome` after which a client tries the other transport. */
  welcomeMs: 4_000,
  /** Milliseconds between two heartbeats of the relay. */
  heartbeatMs: 8_000,
  /** Milliseconds of silence after which either side takes the line for dead. */
  silenceMs: 20_000,
  /** Bytes a socket may owe before it is closed with `too-slow`. */
  owedBytes: 1024 * 1024,
  /** Milliseconds a typing sign lives without being renewed. */
  typingMs: 6_000,
  /** Characters of a page's address and title. */
  urlChars: 2_048,
  titleChars: 300,
  /** Characters of a one-line form field, and of a long one. */
  fieldChars: 500,
  longFieldChars: 8_000,
  /** Bytes of one file, files of one message, and pixels of a picture (all its frames together). */
  fileBytes: 20 * 1024 * 1024,
  files: 10,
  picturePixels: 50_000_000,
  /** Conversations a client may resume or follow at once. */
  followed: 50,
} as const;
