/** What the operators' API said, and the cookie that came with it. */
interface ApiAnswer {
  status: number;
  /** Of the error; undefined for a success. */
  code: string | undefined;
  json: Record<string, unknown> & { error?: { code: string; field?: string } };
  cookie: string;
}

/** Asks the operators' API of a relay with a cookie; an empty one: as nobody. */
export async function callApi(
  target: { url: string },
  method: string,
  path: string,
  cookie = '',
  body?: unknown,
): Promise<ApiAnswer> {
  const answer = await fetch(`${target.url}/api/v1${path}`, {
    method,
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const json = (await answer.json()) as ApiAnswer['json'];
  const given = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { status: answer.status, code: json.error?.code, json, cookie: given };
}
