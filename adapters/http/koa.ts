import type { Middleware } from 'koa';
import { toHandler } from '../../src/collector/collector.ts';
import type { CollectorOptions } from '../../src/collector/options.ts';
import type { Handler } from '../../src/http/call.ts';
import { nodeCall, pathOf } from './node.ts';

/**
 * Serves the Media Collection API in Koa 2 and 3, with or without a body parser before it, also under
 * koa-mount. Any other path goes on to the next middleware.
 *
 * @param options The options of a collector, or a collector, to share it.
 * @throws TypeError when an option is wrong or unknown.
 *
 * @example
 * app.use(sessionsMiddleware());
 */
export function sessionsMiddleware(options?: CollectorOptions | Handler): Middleware {
  const handler = toHandler(options);
  return async (ctx, next) => {
    const parsed = (ctx.request as { body?: unknown }).body; // body parsers declare it, each in its own way
    const path = pathOf(ctx.req.url ?? '/'); // ctx.path throws at a URL that is none
    const reply = await handler.handle(nodeCall(ctx.req, path, parsed));
    if (reply === undefined) return next();
    ctx.body = reply.body ?? ''; // an empty text, since Koa strips the Content-Type of a null body
    ctx.status = reply.status; // after the body, which sets its own
    ctx.set(reply.headers);
  };
}
