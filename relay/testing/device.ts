import { uuidv7 } from '../client/ids.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import type { IdentifyReply, SessionReply } from '../protocol/visitor-http.ts';
import { askSession, USER_AGENT } from './clients.ts';
import { makeToken } from './identity.ts';
import { rawSocket, visitorHello } from './raw-socket.ts';
import type { TestRelay } from './relay.ts';

/** A key of the site, as its owner gets it from the console's route. */
export interface SiteKey {
  id: string;
  kid: string;
  secret: string;
}

/** An identity token for a person, good for ten minutes from `now`. */
export const tokenFor = (key: SiteKey, sub: string, more: object = {}, now = Date.now()): string =>
  makeToken(
    { alg: 'HS256', kid: key.kid },
    { aud: 'shop', sub, jti: uuidv7(), exp: Math.floor(now / 1_000) + 600, ...more },
    key.secret,
  );

/** A visitor's device by HTTP alone: what is sent, shown and lost is in the test's hand. */
export class Device {
  readonly relay: TestRelay;
  token = '';
  chat = '';
  outbox = uuidv7();
  n = 0;

  constructor(relay: TestRelay) {
    this.relay = relay;
  }

  async load(): Promise<SessionReply> {
    const reply = await askSession(this.relay, this.token ? { token: this.token } : {});
    this.token = reply.token ?? this.token;
    this.chat = reply.conversation.id;
    return reply;
  }

  async post<T = unknown>(path: string, body: object, token = this.token): Promise<{ status: number; body: T }> {
    const answer = await fetch(`${this.relay.url}/api/visitor/${path}`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'user-agent': USER_AGENT },
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ site: 'shop', ...body }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  }

  /** Shows an identity token, and takes the device's next one. */
  async identify(proof: string): Promise<{ status: number; code?: string; reply: IdentifyReply }> {
    const { status, body } = await this.post<IdentifyReply & { error?: { code: string } }>('identify', {
      token: proof,
    });
    if (status === 200) {
      this.token = body.token ?? this.token;
      this.chat = body.conversation.id;
    }
    return { status, ...(body.error && { code: body.error.code }), reply: body };
  }

  /** Leaves and begins anew, as the widget does. */
  async logout(): Promise<void> {
    await this.post('sign-out', {});
    this.token = '';
    this.outbox = uuidv7();
    this.n = 0;
    await this.load();
  }

  /** A message with its id and number, not sent yet. */
  message(
    text: string,
    conversation = this.chat,
  ): { type: string; id: string; n: number; conversation: string; text: string } {
    return { type: 'message:send', id: uuidv7(), n: ++this.n, conversation, text };
  }

  async send(frames: readonly object[]): Promise<RelayFrame[]> {
    const { token: _, ...hello } = visitorHello('', { outbox: { id: this.outbox, next: 1 } }) as { token?: string };
    const { status, body } = await this.post<{ frames: RelayFrame[] }>('commands', { hello, frames });
    if (status !== 200) throw new Error(`commands: ${status}`);
    return body.frames;
  }

  /** Everything the device may read: the texts of each conversation it is told of, in their order. */
  async reads(): Promise<Map<string, string[]>> {
    const socket = await rawSocket(`${this.relay.url}/api/visitor/socket?site=shop`);
    socket.send(visitorHello(this.token));
    const welcome = await socket.heard('welcome');
    socket.close();
    const found = new Map<string, string[]>();
    if (welcome.role !== 'visitor') return found;
    for (const { id } of welcome.conversations) found.set(id, (await this.history(id)) ?? []);
    return found;
  }

  /** The texts of a conversation; null when it is not theirs. */
  async history(conversation: string): Promise<string[] | null> {
    const answer = await fetch(
      `${this.relay.url}/api/visitor/conversations/${conversation}/events?site=shop&limit=200`,
      {
        headers: { authorization: `Bearer ${this.token}` },
      },
    );
    if (!answer.ok) return null;
    const { events } = (await answer.json()) as { events: { text?: string }[] };
    return events.flatMap(({ text }) => text ?? []);
  }
}
