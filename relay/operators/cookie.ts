/** The cookie of a sign-in. On https its name's prefix makes browsers hold it to this host, this path and https. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-frontdesk' : 'frontdesk';
}

const attributes = (secure: boolean) => `; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;

/** `Set-Cookie` of a sign-in; it goes with the browser, or when the relay says so. */
export function signInCookie(token: string, secure: boolean): string {
  return `${cookieName(secure)}=${token}${attributes(secure)}`;
}

/** `Set-Cookie` that takes it away. */
export function signOutCookie(secure: boolean): string {
  return `${cookieName(secure)}=${attributes(secure)}; Max-Age=0`;
}

/** The token in a `Cookie` header, or undefined. */
export function tokenOf(header: string | null | undefined, secure: boolean): string | undefined {
  const name = cookieName(secure);
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined;
  }
  return undefined;
}
