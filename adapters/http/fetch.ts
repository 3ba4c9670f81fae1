import type { CollectorOptions } from '../../src/collector/options.ts';
import type { Call } from '../../src/http/call.ts';
import type { Reply } from '../../src/http/reply.ts';
import { readBody } from './fetch-body.ts';
import { type Mountable, type MountOptions, mountHandler } from './mount.ts';
import { isFetchRequest, wrongDoor } from './wrong-door.ts';

export type { Mountable, MountOptions };

/** Where the API is in a server, and what becomes of other requests. */
export interface FetchMountOptions extends MountOptions {
  /** `true`: a request that is not the API's gives undefined, so that the host goes on. Else it gets a 404. */
  readonly passThrough?: boolean | undefined;
}

/**
 * Answers a request. What the host hands on beside it may hold a `waitUntil`, in any place: hooks then run to
 * their end on hosts that stop at the response. `fetch(request, env, ctx)` of a Worker is such a call.
 */
export type FetchHandler<Answer = Response> = (request: Request, ...host: readonly unknown[]) => Promise<Answer>;

/**
 * Serves the Media Collection API wherever a `Request` is answered with a `Response`: Hono, Bun, Deno,
 * Cloudflare Workers, Next route handlers. It needs nothing of Node.
 *
 * @param options The options of a collector and of its mount, or a collector, to share it.
 * @throws TypeError when an option is wrong or unknown.
 *
 * @example
 * app.all('/api/v1/*', (c) => handler(c.req.raw)); // Hono, with const handler = sessionsHandler()
 */
export function sessionsHandler(
  options: CollectorOptions & FetchMountOptions & { readonly passThrough: true },
): FetchHandler<Response | undefined>;
export function sessionsHandler(
  options: Mountable<FetchMountOptions> | undefined,
  mount: FetchMountOptions & { readonly passThrough: true },
): FetchHandler<Response | undefined>;
export function sessionsHandler(options?: Mountable<FetchMountOptions>, mount?: FetchMountOptions): FetchHandler;
export function sessionsHandler(
  options?: Mountable<FetchMountOptions>,
  mountOptions?: FetchMountOptions,
): FetchHandler<Response | undefined> {
  const names = ['prefix', 'passThrough'] as const;
  const { handler, mount, below } = mountHandler('sessionsHandler', names, options, mountOptions);
  const { passThrough = false } = mount;
  if (typeof passThrough !== 'boolean') throw new TypeError('sessionsHandler: passThrough must be true or false');
  return async (request, ...host) => {
    if (!isFetchRequest(request)) {
      return wrongDoor('fetch', 'it takes a Request, and gives a Response', [request, ...host]);
    }
    const path = pathOf(request);
    const pathBelow = below(path);
    const call = fetchCall(request, pathBelow ?? path, host.find(canWait));
    const reply = pathBelow === undefined ? undefined : await handler.handle(call);
    if (reply) return respond(request, reply);
    return passThrough ? undefined : respond(request, handler.notFound(call));
  };
}

/** What hosts that stop at the response have in common. */
interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}

function canWait(host: unknown): host is Waiting {
  return typeof (host as Partial<Waiting> | undefined | null)?.waitUntil === 'function';
}

function fetchCall(request: Request, path: string, host: Waiting | undefined): Call {
  return {
    method: request.method,
    path,
    query: () => /^[^?#]*\?([^#]*)/.exec(request.url)?.[1] ?? '',
    header: (name) => request.headers.get(name) ?? undefined,
    body: (maxBytes) => readBody(request, maxBytes),
    waitUntil: host && ((work) => host.waitUntil(work)),
  };
}

/** A request of Next, whose URL has the app's `basePath` on the edge and not on Node; that of `nextUrl` never has. */
interface NextRequest extends Request {
  readonly nextUrl?: { readonly pathname: string };
}

/** The path of a request, not decoded. */
function pathOf({ nextUrl, url }: NextRequest): string {
  if (nextUrl) return nextUrl.pathname;
  const [, path = ''] = /^[^:]*:\/\/[^/?#]*([^?#]*)/.exec(url) ?? [];
  return path;
}

/** HEAD, 204 and 304 want null: an empty text is a body, which `Response` refuses for them. */
function respond({ method }: Request, { status, headers, body }: Reply): Response {
  return new Response(method === 'HEAD' ? null : (body ?? null), { status, headers });
}
