import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** A request of node:http, or of node:http2 in its compatibility mode, with what a host may have added. */
export type NodeRequest = (IncomingMessage | Http2ServerRequest) & {
  /** What a parser left of the body. */
  readonly body?: unknown;
  /** The target as it came, where `url` is without the path of a mount. */
  readonly originalUrl?: unknown;
};

/** The response beside it. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** The path of a request target, which a proxy may send as a whole URL (RFC 9112, 3.2.2). */
export function pathOf({ url: target = '/' }: { readonly url?: string | undefined }): string {
  const path = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
  const query = path.indexOf('?');
  return query === -1 ? path : path.slice(0, query);
}

/**
 * The path of a target before the host took a part off its front, and more than a mount path perhaps: all that
 * `app.use('*', ...)` of Express and `forRoutes('*')` of Nest have matched. Undefined where nothing was taken off.
 */
export function unstrippedPathOf({ url, originalUrl }: NodeRequest, path: string): string | undefined {
  if (typeof originalUrl !== 'string' || originalUrl === url) return undefined;
  const original = pathOf({ url: originalUrl });
  return path === '/' || original.endsWith(path) ? original : undefined; // else the host wants it elsewhere
}

/** The query of a request target, without its question mark. */
export function queryOf({ url: target = '/' }: NodeRequest): string {
  const query = target.indexOf('?');
  return query === -1 ? '' : target.slice(query + 1);
}
