import type { Collector } from '../../collector/collector.ts';

/** A server to hold against the protocol, and what a check must know of its host. */
export interface Target {
  /** Where the API is: the origin, and the path it is mounted under, if any. */
  readonly url: string;
  /** The collector behind it, in standard mode, with a clock that `advance` moves. */
  readonly collector: Collector;
  /** Lets the collector's clock run ahead, in milliseconds. */
  advance(ms: number): void | Promise<void>;
  /** Sends one request. */
  send(request: Request): Promise<Answer>;
  /** Who sends CORS headers: the API itself, or the host with a middleware of its own. */
  readonly cors: 'api' | 'host';
  /** Which bodies a parser of the host reads before the API does. It refuses what it cannot parse itself. */
  readonly hostParses: readonly ('json' | 'text' | 'form')[];
  /** Set where the host reads a body to its end, however long it is, before it asks the API. */
  readonly readsWholeBodies?: boolean;
  /** What answers a path that is not the API's: a host, with 200 and `hello`, or the API, for want of a host. */
  readonly otherPaths: 'host' | 'api';
  /** How the host writes the names of headers, whose case has no meaning: as the API gives them, or its own way. */
  readonly headerNames: 'as-given' | 'own';
  /** Set where the host leaves out the Content-Length that the API gives. `send` is then to add that of each body. */
  readonly omitsLengths?: boolean;
  /** Whether the host itself refuses a path that does not decode, with 400 as a rule, before it looks for a route. */
  readonly refusesBadUrls: boolean;
  /** Set where a route of the host holds the paths of the API, so that one that begins with two slashes never gets there. */
  readonly routesExactly?: boolean;
}

export interface Request {
  readonly method?: string;
  /** Below the mount path. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One requirement of the protocol. */
export interface Row {
  readonly id: string;
  /** What an implementation MUST do. */
  readonly must: string;
  check(target: Target): Promise<void>;
  /** Set where the requirement is on the bytes of an HTTP/1.1 connection. */
  readonly http1?: true;
}

/** Sends a request with `fetch` to the server at a URL: what `send` of most targets is. */
export async function sendByFetch(url: string, { method = 'POST', path, headers, body }: Request): Promise<Answer> {
  const init: RequestInit = { method, headers: headers ?? { 'content-type': 'application/json' }, redirect: 'manual' };
  if (body !== undefined) init.body = body;
  const response = await fetch(url + path, init);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}
