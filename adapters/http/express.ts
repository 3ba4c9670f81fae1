import type { RequestHandler } from 'express';
import { type Mountable, type MountOptions, sessionsMiddleware as nodeMiddleware } from './node.ts';

export type { Mountable, MountOptions };

/**
 * Serves the Media Collection API in Express 4 and 5, before or after a body parser, in an app, a router
 * or under a mount path. Any other path goes on to the next handler.
 *
 * @param options The options of a collector and of its mount, or a collector, to share it.
 * @throws TypeError when an option is wrong or unknown.
 *
 * @example
 * app.use(sessionsMiddleware());
 */
export function sessionsMiddleware(options?: Mountable, mount?: MountOptions): RequestHandler {
  return nodeMiddleware(options, mount);
}
