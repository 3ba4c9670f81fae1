import { logFailure } from '../../src/collector/hooks.ts';
import { chain, isPromise, type MaybePromise } from '../../src/common/maybe-promise.ts';
import type { Reply } from '../../src/http/reply.ts';
import { type Mountable, type MountOptions, mountHandler } from './mount.ts';
import { nodeCall } from './node-call.ts';
import { type NodeRequest, type NodeResponse, pathOf, unstrippedPathOf } from './node-request.ts';
import { send, sendFailure } from './node-response.ts';
import { isNodePair, wrongDoor } from './wrong-door.ts';

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

  function handle(req: NodeRequest, path: string | undefined): MaybePromise<Reply | undefined> {
    const pathBelow = path === undefined ? undefined : below(path);
    return pathBelow === undefined ? undefined : handler.handle(nodeCall(req, pathBelow, req.body));
  }

  return (req, res, next) => {
    if (!isNodePair(req, res)) {
      return wrongDoor('node', 'it takes (req, res, next), as in createServer(sessionsMiddleware())', [req, res, next]);
    }
    const path = pathOf(req);

    function answer(reply: Reply | undefined): unknown {
      if (reply) return send(req, res, reply);
      return next ? next() : send(req, res, handler.notFound(nodeCall(req, below(path) ?? path, req.body)));
    }

    attempt(
      () => chain(handle(req, path), (reply) => reply ?? handle(req, unstrippedPathOf(req, path))),
      (reply) => attempt(() => answer(reply), ignore, lost),
      (error) => (next ? attempt(() => next(error), ignore, lost) : sendFailure(req, res)),
    );

    /** The next handler of the host failed, async or not, or the reply could not be sent: that must not vanish. */
    function lost(error: unknown): void {
      logFailure({ error, during: 'answering' });
      sendFailure(req, res);
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
