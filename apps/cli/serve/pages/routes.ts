import type { Call, Handler } from '../../../../src/http/call.ts';
import { findRoute } from '../../../../src/wire/endpoints.ts';
import type { Reply } from '../../../../src/wire/replies.ts';
import type { Authorize } from './authorization.ts';

/** An answer in plain text, before it is a `Reply`. */
export interface TextReply {
  readonly status: number;
  readonly text: string;
  readonly type?: string;
  /** Where to go on, for a status that sends there. */
  readonly location?: string;
}

/** A page of plain text at one path. */
export function textPage(path: string, show: (call: Call) => Promise<TextReply>): Handler {
  return {
    async handle(call) {
      if (call.path !== path) return undefined;
      if (call.method === 'GET' || call.method === 'HEAD') return toReply(await show(call));
      return toReply({ status: 405, text: 'This page is only read.\n' }, { Allow: 'GET, HEAD' });
    },
    notFound: () => toReply({ status: 404, text: 'Nothing is here.\n' }),
    roots: [path],
  };
}

function toReply(
  { status, text, type = 'text/plain; charset=utf-8', location }: TextReply,
  more: Reply['headers'] = {},
): Reply {
  const length = String(Buffer.byteLength(text));
  const headers = { 'Content-Type': type, 'Content-Length': length, 'Cache-Control': 'no-store', ...more };
  return { status, headers: location === undefined ? headers : { ...headers, Location: location }, body: text };
}

/** The same handler for those who may; others are told how to. */
export function guarded(handler: Handler, authorize: Authorize, rejection: TextReply): Handler {
  const headers: Reply['headers'] = rejection.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {};
  return {
    ...handler,
    async handle(call) {
      const isOurs = handler.roots.some((root) => call.path === root || call.path.startsWith(`${root}/`));
      if (isOurs && !authorize(call)) return toReply(rejection, headers);
      return handler.handle(call);
    },
  };
}

/** Handlers by the name that their requests are counted under. */
export type Routes = readonly (readonly [route: string, handler: Handler])[];

/** Asks handlers by turns. `last` answers what is nobody's. Calls of the API are counted by their endpoint. */
export function firstOf(routes: Routes, last: Handler, answered: (route: string, status: number) => void): Handler {
  return {
    async handle(call) {
      for (const [route, handler] of routes) {
        const reply = await handler.handle(call);
        if (reply === undefined) continue;
        answered(findRoute(call.path)?.endpoint ?? route, reply.status);
        return reply;
      }
      return undefined;
    },
    notFound(call) {
      const reply = last.notFound(call);
      answered('other', reply.status);
      return reply;
    },
    roots: ['/'],
  };
}
