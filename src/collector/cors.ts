import type { Reply } from '../http/reply.ts';
import { noContent } from '../wire/replies.ts';

/** Which pages may call the API from a browser, and what they may send and read. */
export interface CorsOptions {
  /** Any page: `'*'`, the default. One origin, or several of which the caller's is echoed. */
  readonly origin?: string | readonly string[];
  /** Whether pages may send cookies and the like, as a beacon of JSON always does: `false`. Not with any page. */
  readonly credentials?: boolean;
  /** Headers that pages may send beside Content-Type, such as `traceparent`: none. `['*']`: any but Authorization. */
  readonly allowedHeaders?: readonly string[];
  /** Headers that pages may read beside Location: none. `['*']`: any. */
  readonly exposedHeaders?: readonly string[];
  /** How long a browser remembers a preflight, in seconds: 86,400. With 0 every ping costs two requests. */
  readonly maxAge?: number;
}

/** Adds CORS headers to a reply. */
export interface Cors {
  /** `origin` reads the request's Origin header. */
  withHeaders(reply: Reply, origin: () => string | undefined): Reply;
  /** As `withHeaders`, for the answer to a preflight. */
  preflight(reply: Reply, origin: () => string | undefined): Reply;
}

export function cors(options: CorsOptions): Cors {
  const { origin = '*', maxAge = 86_400 } = options;
  const listed = typeof origin === 'string' ? undefined : new Set(origin);
  const service = serviceHeaders(options);
  const constant = typeof origin === 'string' ? { 'Access-Control-Allow-Origin': origin, ...service } : {};
  const varies = { Vary: 'Origin' };

  /** The headers for the page that calls; `caller` reads its origin, which only a list needs. */
  function headersFor(caller: () => string | undefined): Readonly<Record<string, string>> {
    if (listed === undefined) return constant;
    const from = caller();
    if (from === undefined || !listed.has(from)) return varies;
    return { 'Access-Control-Allow-Origin': from, ...service, ...varies };
  }

  function withHeaders(reply: Reply, caller: () => string | undefined): Reply {
    return { ...reply, headers: { ...reply.headers, ...headersFor(caller) } };
  }

  // What every event gets, made once; undefined where it depends on the caller.
  const acknowledgement = listed ? undefined : withHeaders(noContent, () => undefined);
  return {
    withHeaders: (reply, caller) =>
      reply === noContent && acknowledgement ? acknowledgement : withHeaders(reply, caller),
    preflight: (reply, caller) => ({
      ...reply,
      headers: { ...reply.headers, ...headersFor(caller), 'Access-Control-Max-Age': String(maxAge) },
    }),
  };
}

/** The hosted service's headers, and what is allowed beside. Without Expose-Headers the JavaScript SDK cannot read Location. */
function serviceHeaders({ credentials, allowedHeaders = [], exposedHeaders = [] }: CorsOptions) {
  return {
    'Access-Control-Allow-Methods': 'OPTIONS,POST,PUT',
    'Access-Control-Allow-Headers': ['Content-Type', ...allowedHeaders].join(','),
    'Access-Control-Expose-Headers': ['Location', ...exposedHeaders].join(','),
    ...(credentials && { 'Access-Control-Allow-Credentials': 'true' }),
  };
}
