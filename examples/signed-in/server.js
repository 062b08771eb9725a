// A site with members: signs who is signed in, for the widget. `node server.js`, no packages.
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { KID = '', SECRET = '', SITE = 'demo', RELAY = 'http://localhost:8787', PORT = '3000' } = process.env;
/** Who may sign in here, by the name in the address of the button; a real site asks for a password. */
const MEMBERS = {
  ada: { name: 'Ada Lovelace', email: 'ada@example.com', attributes: { plan: 'gold' } },
  grace: { name: 'Grace Hopper', email: 'grace@example.com', attributes: { plan: 'free' } },
};
/** Sessions of this site, in memory. */
const sessions = new Map();

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The identity token of a member, good for ten minutes. */
function identityToken(member) {
  const { name, email, attributes } = MEMBERS[member];
  const claims = { aud: SITE, sub: member, jti: randomUUID(), exp: Math.floor(Date.now() / 1000) + 600 };
  const data = `${part({ alg: 'HS256', kid: KID })}.${part({ ...claims, name, email, attributes })}`;
  return `${data}.${createHmac('sha256', SECRET).update(data).digest('base64url')}`;
}

const file = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const server = createServer((request, answer) => {
  const session = /session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
  const member = sessions.get(session);
  const say = (type, text, headers = {}) => answer.writeHead(200, { 'content-type': type, ...headers }).end(text);
  const [, place, who] = (request.url ?? '').split('/');

  if (request.method === 'POST' && place === 'sign-in' && Object.hasOwn(MEMBERS, who)) {
    const id = randomUUID();
    sessions.set(id, who);
    return say('text/plain', 'ok', { 'set-cookie': `session=${id}; HttpOnly; SameSite=Strict; Path=/` });
  }
  if (request.method === 'POST' && place === 'sign-out') {
    sessions.delete(session);
    return say('text/plain', 'ok', { 'set-cookie': 'session=; Max-Age=0; Path=/' });
  }
  if (place === 'support-token')
    return member ? say('text/plain', identityToken(member)) : answer.writeHead(401).end('Sign in first.');
  if (place === 'page.js') return say('text/javascript', file('page.js'));
  if (place === '')
    return say(
      'text/html; charset=utf-8',
      file('index.html')
        .replaceAll('RELAY', RELAY)
        .replaceAll('SITE', SITE)
        .replaceAll('MEMBER', member ? MEMBERS[member].name : ''),
    );
  return answer.writeHead(404).end();
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
