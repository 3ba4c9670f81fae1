import type { Middleware } from 'koa';
import { type Mountable, type MountOptions, mountHandler } from './mount.ts';
import { nodeCall } from './node-call.ts';
import { pathOf } from './node-request.ts';
import { isKoaContext, wrongDoor } from './wrong-door.ts';

export type { Mountable, MountOptions };

/**
 * Serves the Media Collection API in Koa 2 and 3, with or without a body parser before it, also under
 * koa-mount. Any other path goes on to the next middleware.
 *
 * @param options The options of a collector and of its mount, or a collector, to share it.
 * @throws TypeError when an option is wrong or unknown.
 *
 * @example
 * app.use(sessionsMiddleware());
 */
export function sessionsMiddleware(options?: Mountable, mount?: MountOptions): Middleware {
  const { handler, below } = mountHandler<MountOptions>('sessionsMiddleware', ['prefix'], options, mount);
  return async (...args) => {
    const [ctx, next] = args;
    if (!isKoaContext(ctx)) return wrongDoor('koa', 'it takes (ctx, next), as in app.use(sessionsMiddleware())', args);
    const path = below(pathOf(ctx.req)); // ctx.path throws at a URL that is none
    if (path === undefined) return next();
    const parsed = (ctx.request as { body?: unknown }).body; // body parsers declare it, each in its own way
    const reply = await handler.handle(nodeCall(ctx.req, path, parsed));
    if (reply === undefined) return next();
    ctx.body = reply.body ?? ''; // an empty text, since Koa strips the Content-Type of a null body
    ctx.status = reply.status; // after the body, which sets its own
    ctx.set(reply.headers);
  };
}
