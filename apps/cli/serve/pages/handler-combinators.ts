import type { Handler } from '../../../../src/http/handler.ts';
import type { Access } from './authorization.ts';
import { toReply } from './text-page.ts';

/** Called with the status of each reply, and the name that its route is counted under. */
export type CountRequest = (route: string, status: number) => void;

/** The same handler for calls that may see it; the others are rejected. */
export function guarded(handler: Handler, { authorize, rejection }: Access): Handler {
  const isOurs = (path: string) =>
    handler.roots.some((root) => root === '/' || path === root || path.startsWith(`${root}/`));
  return {
    ...handler,
    handle: (call) => (isOurs(call.path) && !authorize(call) ? toReply(rejection) : handler.handle(call)),
  };
}

/** The same handler, with its replies counted. */
export function counted(route: string, handler: Handler, count: CountRequest): Handler {
  return {
    ...handler,
    async handle(call) {
      const reply = await handler.handle(call);
      if (reply) count(route, reply.status);
      return reply;
    },
  };
}

/** Handlers one after the other: the first that takes a call answers it, and `notFound` what none takes. */
export function firstOf(handlers: readonly Handler[], notFound: Handler['notFound']): Handler {
  return {
    async handle(call) {
      for (const handler of handlers) {
        const reply = await handler.handle(call);
        if (reply) return reply;
      }
      return undefined;
    },
    notFound,
    roots: ['/'],
  };
}
