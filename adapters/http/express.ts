import type { RequestHandler } from 'express';
import type { CollectorOptions } from '../../src/collector/options.ts';
import type { Handler } from '../../src/http/call.ts';
import { sessionsMiddleware as nodeMiddleware } from './node.ts';

/**
 * Serves the Media Collection API in Express 4 and 5, before or after a body parser, in an app, a router
 * or under a mount path. Any other path goes on to the next handler.
 *
 * @param options The options of a collector, or a collector, to share it.
 * @throws TypeError when an option is wrong or unknown.
 *
 * @example
 * app.use(sessionsMiddleware());
 */
export function sessionsMiddleware(options?: CollectorOptions | Handler): RequestHandler {
  return nodeMiddleware(options);
}
