import type { Call } from '../../../../src/http/call.ts';
import type { Handler } from '../../../../src/http/handler.ts';
import type { Reply } from '../../../../src/http/reply.ts';
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
  const isOurs = (path: string) =>
    handler.roots.some((root) => root === '/' || path === root || path.startsWith(`${root}/`));
  return {
    ...handler,
    handle: (call) => (isOurs(call.path) && !authorize(call) ? toReply(rejection, headers) : handler.handle(call)),
  };
}

/** Told of each answer, by the name that it is counted under. */
export type CountAnswer = (route: string, status: number) => void;

/** The same handler, with its answers counted. */
export function counted(route: string, handler: Handler, count: CountAnswer): Handler {
  return {
    ...handler,
    async handle(call) {
      const reply = await handler.handle(call);
      if (reply) count(route, reply.status);
      return reply;
    },
  };
}

/** Asks handlers one after the other. What none of them takes, `last` answers. */
export function firstOf(handlers: readonly Handler[], last: Handler['notFound']): Handler {
  return {
    async handle(call) {
      for (const handler of handlers) {
        const reply = await handler.handle(call);
        if (reply) return reply;
      }
      return undefined;
    },
    notFound: last,
    roots: ['/'],
  };
}
