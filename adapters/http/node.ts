import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { toHandler } from '../../src/collector/collector.ts';
import { logFailure } from '../../src/collector/hooks.ts';
import type { CollectorOptions } from '../../src/collector/options.ts';
import type { Call, Handler } from '../../src/http/call.ts';
import { type Reply, rejectWith } from '../../src/wire/replies.ts';
import { readBody } from './node-body.ts';

/** A request of node:http, or of node:http2 in its compatibility mode; `body` is what a host's parser left. */
export type NodeRequest = (IncomingMessage | Http2ServerRequest) & { readonly body?: unknown };

/** The response beside it. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** A `(req, res, next)` middleware; without `next`, the whole listener of a server. */
export type NodeMiddleware = (req: NodeRequest, res: NodeResponse, next?: (error?: unknown) => void) => void;

/**
 * Serves the Media Collection API on node:http, and on anything else that calls `(req, res, next)`.
 * What is not the API's goes on to `next`; without `next` it gets a 404 that names the endpoints.
 *
 * @param options The options of a collector, or a collector, to share it.
 * @throws TypeError when an option is wrong or unknown.
 *
 * @example
 * createServer(sessionsMiddleware()).listen(8080);
 */
export function sessionsMiddleware(options?: CollectorOptions | Handler): NodeMiddleware {
  const handler = toHandler(options);
  return (req, res, next) => {
    const call = nodeCall(req, pathOf(req.url ?? '/'), req.body);
    const answer = (reply: Reply | undefined) => {
      if (reply) send(req, res, reply);
      else if (next) return next();
      else send(req, res, handler.notFound(call));
    };
    handler
      .handle(call)
      .then(answer, next ?? (() => fail(req, res)))
      .catch((error) => {
        logFailure({ error, during: 'answering' }); // of the host's next handler, async or not: it must not vanish
        fail(req, res);
      });
  };
}

/** A request as the core sees it. `body` is what a host's parser made of it, if one ran. */
export function nodeCall(req: NodeRequest, path: string, body: unknown): Call {
  return {
    method: req.method ?? 'GET',
    path,
    query: () => queryOf(req.url ?? '/'),
    header(name) {
      const value = req.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: (maxBytes) => readBody(req, body, maxBytes),
  };
}

/** The path of a request target, which a proxy may send as a whole URL (RFC 9112, 3.2.2). */
export function pathOf(target: string): string {
  const path = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
  const query = path.indexOf('?');
  return query === -1 ? path : path.slice(0, query);
}

function queryOf(target: string): string {
  const query = target.indexOf('?');
  return query === -1 ? '' : target.slice(query + 1);
}

function send({ method }: NodeRequest, response: NodeResponse, { status, headers, body }: Reply): void {
  const res = response as ServerResponse; // http2's answers to the same calls
  if (res.headersSent || res.destroyed) return;
  res.writeHead(status, headers);
  res.end(method === 'HEAD' ? undefined : body); // a server may be told to throw at a body that HTTP forbids
}

/**
 * Answers 500 when the host failed, or when a handler did and there is no host to tell: no request is left hanging.
 * Headers that the host has set go, since they were for another answer, and may be what made sending it fail.
 */
function fail(req: NodeRequest, res: NodeResponse): void {
  if (!res.headersSent) for (const name of res.getHeaderNames()) res.removeHeader(name);
  send(req, res, rejectWith('failed'));
}
