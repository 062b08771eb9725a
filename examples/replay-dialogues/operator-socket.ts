import { WebSocket as NodeSocket } from 'ws';

/** Signs in and gives the cookie. */
export async function signIn(relay: string, credentials: { email: string; password: string }): Promise<string> {
  const answer = await fetch(`${relay}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  if (!answer.ok) throw new Error(`The sign-in was refused: ${await answer.text()}`);
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** A WebSocket class for programs: it proves the operator by this cookie, which a browser would send by itself. */
export function cookieSocket(cookie: string): typeof WebSocket {
  return class extends NodeSocket {
    constructor(url: string) {
      super(url, { headers: { cookie } });
    }
  } as unknown as typeof WebSocket;
}
