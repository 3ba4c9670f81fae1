import { logFailure } from '../../src/collector/hooks.ts';
import { isObject } from '../../src/common/json.ts';
import type { NodeRequest, NodeResponse } from './node-request.ts';
import { sendFailure } from './node-response.ts';

/** What a framework called a function of ours with. */
type Arguments = readonly unknown[];

/** A framework, or another way to call handlers. */
interface Caller {
  readonly name: string;
  /** What belongs there. */
  readonly write: string;
  /** Tells it by what it calls with. */
  calledWith(...args: Arguments): boolean;
}

/** All that can be told apart, the particular before the general. */
const CALLERS: readonly Caller[] = [
  {
    name: 'Fastify',
    write: "import { sessionsPlugin } from 'media-sessions/fastify', and app.register(sessionsPlugin)",
    calledWith: (first) => isFastify(first) || (has(first, 'raw') && has(first, 'server')), // an app; a request
  },
  {
    name: 'Koa',
    write: "import { sessionsMiddleware } from 'media-sessions/koa'",
    calledWith: isKoaContext,
  },
  {
    name: 'Hono',
    write:
      "import { sessionsHandler } from 'media-sessions/fetch', and with sessions = sessionsHandler({ passThrough: true }) " +
      'app.use(async (c, next) => (await sessions(c.req.raw)) ?? next())',
    calledWith: (first) => has(first, 'req') && has(first.req, 'raw') && isFetchRequest(first.req.raw),
  },
  {
    name: 'Express',
    write: "import { sessionsMiddleware } from 'media-sessions/express'",
    calledWith: (req, res, next) => isNodePair(req, res) && has(req, 'app') && typeof next === 'function',
  },
  {
    name: 'a server of node:http',
    write: "import { sessionsMiddleware } from 'media-sessions/node'",
    calledWith: isNodePair,
  },
  {
    name: 'a server of Requests and Responses',
    write: "import { sessionsHandler } from 'media-sessions/fetch'",
    calledWith: isFetchRequest,
  },
  {
    name: 'a framework whose context has the Request',
    write: "import { sessionsHandler } from 'media-sessions/fetch', and hand it the request of the context",
    calledWith: (first) => has(first, 'request') && isFetchRequest(first.request),
  },
  {
    name: 'AWS Lambda',
    write:
      "import { sessionsHandler } from 'media-sessions/fetch', and make a Request of the event, as hono/aws-lambda does",
    calledWith: (first) => has(first, 'requestContext'),
  },
];

/**
 * Says that an adapter stands in a framework that is not its own, and what belongs there, in the way that the framework
 * takes errors: to the callback that it handed over last; where there is none by throwing, but on node:http, where that
 * would end the process: there the client gets a 500, and the console the error.
 *
 * @param door The import path of the adapter.
 * @param usage How it is used, for a caller that is not known.
 */
export function wrongDoor(door: string, usage: string, args: Arguments): undefined {
  const caller = CALLERS.find(({ calledWith }) => calledWith(...args));
  const advice = caller ? `this is ${caller.name}: ${caller.write}` : usage;
  const error = new TypeError(`media-sessions/${door}: ${advice}; see docs/hosts.md`);
  const [req, res, next] = args;
  const isNode = isNodePair(req, res);
  if (typeof next === 'function') return next(error);
  if (isNode || isFetchRequest(req)) logFailure({ error, during: 'answering' }); // who serves these hides what is thrown
  if (!isNode) throw error;
  sendFailure(req as NodeRequest, res as NodeResponse); // just seen to be
  return undefined;
}

/** Tells a request and a response of node:http or node:http2, or of what is built on them. */
export function isNodePair(req: unknown, res: unknown): boolean {
  return has(req, 'headers') && has(res, 'writeHead') && typeof res.writeHead === 'function';
}

/** Tells a context of Koa. */
export function isKoaContext(context: unknown): boolean {
  return has(context, 'req') && has(context, 'res') && isNodePair(context.req, context.res);
}

/** Tells a `Request`, be it the host's own class of it. */
export function isFetchRequest(request: unknown): boolean {
  return has(request, 'headers') && has(request.headers, 'get') && typeof request.headers.get === 'function';
}

/** Tells an app of Fastify, or a scope of one. */
export function isFastify(app: unknown): boolean {
  return has(app, 'addContentTypeParser') && has(app, 'initialConfig');
}

function has<Name extends string>(value: unknown, name: Name): value is Readonly<Record<Name, unknown>> {
  return (isObject(value) || typeof value === 'function') && name in value;
}
