import type { ServerResponse } from 'node:http';
import { logFailure } from '../../src/collector/hooks.ts';
import { isPromise, type MaybePromise } from '../../src/common/maybe-promise.ts';
import type { Reply } from '../../src/http/reply.ts';
import { rejectWith } from '../../src/wire/replies.ts';
import { type Mountable, type MountOptions, mountHandler } from './mount.ts';
import { nodeCall } from './node-call.ts';
import { type NodeRequest, type NodeResponse, pathOf } from './node-request.ts';

export type { Mountable, MountOptions, NodeRequest, NodeResponse };

/** A `(req, res, next)` middleware; without `next`, the whole listener of a server. */
export type NodeMiddleware = (req: NodeRequest, res: NodeResponse, next?: (error?: unknown) => void) => void;

/**
 * Serves the Media Collection API on node:http, and on anything else that calls `(req, res, next)`.
 * What is not the API's goes on to `next`; without `next` it gets a 404 that names the endpoints.
 *
 * @param options The options of a collector and of its mount, or a collector, to share it.
 * @throws TypeError when an option is wrong or unknown.
 *
 * @example
 * createServer(sessionsMiddleware()).listen(8080);
 */
export function sessionsMiddleware(options?: Mountable, mount?: MountOptions): NodeMiddleware {
  const { handler, below } = mountHandler<MountOptions>('sessionsMiddleware', ['prefix'], options, mount);
  return (req, res, next) => {
    const path = pathOf(req);
    const pathBelow = below(path);
    const call = nodeCall(req, pathBelow ?? path, req.body);

    function answer(reply: Reply | undefined): unknown {
      if (reply) return send(req, res, reply);
      return next ? next() : send(req, res, handler.notFound(call));
    }

    attempt(
      () => (pathBelow === undefined ? undefined : handler.handle(call)),
      (reply) => attempt(() => answer(reply), ignore, lost),
      (error) => (next ? attempt(() => next(error), ignore, lost) : fail(req, res)),
    );

    /** The next handler of the host failed, async or not, or the reply could not be sent: that must not vanish. */
    function lost(error: unknown): void {
      logFailure({ error, during: 'answering' });
      fail(req, res);
    }
  };
}

/** Does some work and hands on what comes of it, in the same turn unless it is a promise. */
function attempt<Outcome>(
  work: () => MaybePromise<Outcome>,
  done: (outcome: Outcome) => void,
  failed: (error: unknown) => void,
): void {
  let outcome: MaybePromise<Outcome>;
  try {
    outcome = work();
  } catch (error) {
    failed(error);
    return;
  }
  if (isPromise(outcome)) outcome.then(done, failed);
  else done(outcome);
}

function ignore(): void {}

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
