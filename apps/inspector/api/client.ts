/** How a request ended. */
export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** A token is needed, or another one than that which was sent. */
  | { readonly kind: 'denied'; readonly token: string | undefined }
  | { readonly kind: 'missing'; readonly message: string }
  /** More than the server can make an answer of. */
  | { readonly kind: 'too-large'; readonly message: string }
  /** No response, or one that does not help. */
  | { readonly kind: 'failed'; readonly message: string };

/** The API as the page asks it. */
export interface Client {
  /** Reads a path below `api/`. With `keep: false` the answer is not remembered: it is not asked for again as it was. */
  get<T>(path: string, options?: { readonly keep?: boolean }): Promise<Outcome<T>>;
  /** Has the server start over. */
  startOver(): Promise<Outcome<undefined>>;
}

/** An answer that is remembered. */
interface Known {
  readonly etag: string;
  readonly value: unknown;
}

/** What an answer that is no success is called. */
const KINDS: Readonly<Record<number, 'missing' | 'too-large'>> = { 404: 'missing', 507: 'too-large' };

/** How many answers are remembered for their ETags. Searches make ever new paths. */
const MAX_KNOWN = 40;

/** Milliseconds until a server that took the connection and is silent counts as gone. */
const TIMEOUT = 15_000;

/** Asks the API beside the page. An answer that did not change is the very same value as before. */
export function createClient(mount: string, token: () => string | undefined): Client {
  const known = new Map<string, Known>();

  async function get<T>(path: string, { keep = true } = {}): Promise<Outcome<T>> {
    const before = known.get(path);
    return request(
      `${mount}api/${path}`,
      { headers: before ? { 'If-None-Match': before.etag } : {} },
      async (response) => {
        if (response.status === 304 && before) return before.value as T; // what this path answered before
        const value = await response.json();
        if (keep) remember(path, response.headers.get('etag'), value);
        return value as T; // the page comes from the same build as the API, so src/inspector/api.ts holds
      },
    );
  }

  function remember(path: string, etag: string | null, value: unknown): void {
    known.delete(path);
    if (etag !== null) known.set(path, { etag, value });
    const oldest = known.keys().next();
    if (known.size > MAX_KNOWN && !oldest.done) known.delete(oldest.value);
  }

  async function request<T>(
    url: string,
    options: { readonly headers?: Readonly<Record<string, string>>; readonly method?: string },
    read: (response: Response) => Promise<T>,
  ): Promise<Outcome<T>> {
    const { headers = {}, method = 'GET' } = options;
    const secret = token();
    try {
      const response = await fetch(url, {
        method,
        headers: secret === undefined ? headers : { ...headers, Authorization: `Bearer ${secret}` },
        cache: 'no-store', // the ETags are ours; the browser's cache would hide the 304
        signal: AbortSignal.timeout(TIMEOUT),
      });
      if (response.ok || response.status === 304) return { kind: 'ok', value: await read(response) };
      if (response.status === 401 || response.status === 403)
        return secret === token() ? { kind: 'denied', token: secret } : request(url, options, read); // it was about another token
      const message = await messageOf(response);
      return { kind: KINDS[response.status] ?? 'failed', message };
    } catch {
      return { kind: 'failed', message: 'The server does not answer.' };
    }
  }

  return { get, startOver: () => request(`${mount}api`, { method: 'DELETE' }, async () => undefined) };
}

async function messageOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const told = typeof body === 'object' && body !== null && 'message' in body ? body.message : undefined;
  return typeof told === 'string' ? told : `The server answered ${response.status}.`;
}
