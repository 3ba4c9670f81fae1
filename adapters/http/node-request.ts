import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** A request of node:http, or of node:http2 in its compatibility mode; `body` is what a host's parser left. */
export type NodeRequest = (IncomingMessage | Http2ServerRequest) & { readonly body?: unknown };

/** The response beside it. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** The path of a request target, which a proxy may send as a whole URL (RFC 9112, 3.2.2). */
export function pathOf({ url: target = '/' }: NodeRequest): string {
  const path = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
  const query = path.indexOf('?');
  return query === -1 ? path : path.slice(0, query);
}

/** The query of a request target, without its question mark. */
export function queryOf({ url: target = '/' }: NodeRequest): string {
  const query = target.indexOf('?');
  return query === -1 ? '' : target.slice(query + 1);
}
