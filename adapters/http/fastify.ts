import type { FastifyInstance, FastifyPluginAsync, RegisterOptions } from 'fastify';
import { createCollector } from '../../src/collector/collector.ts';
import type { CollectorOptions } from '../../src/collector/options.ts';
import { type Handler, isHandler } from '../../src/http/handler.ts';
import { nodeCall } from './node-call.ts';
import { pathOf } from './node-request.ts';
import { isFastify, wrongDoor } from './wrong-door.ts';

/** The options of a collector, or a collector to share. The `prefix` is an option of Fastify's `register`. */
export interface SessionsPluginOptions extends CollectorOptions {
  /** A collector, to share it. No other option goes with it, and it is not closed with the server. */
  readonly collector?: Handler;
}

/** A Content-Type that any reader of HTTP understands. */
const PLAIN_TYPE = /^[\w.+-]+\/[\w.+-]+(; ?charset=[\w-]+)?$/;

/**
 * Serves the Media Collection API in Fastify 5, also under a `prefix`. Bodies and parsers of other routes stay
 * as they are. A collector that the plugin made logs to Fastify's logger, and closes with the server.
 *
 * @throws TypeError, out of `ready` or `listen`, when an option is wrong or unknown.
 *
 * @example
 * app.register(sessionsPlugin, { prefix: '/media' });
 */
export const sessionsPlugin: FastifyPluginAsync<SessionsPluginOptions> = (...args) => {
  if (isFastify(args[0])) return mount(...args);
  wrongDoor('fastify', 'sessionsPlugin is not called, but registered: app.register(sessionsPlugin, options)', args);
  return Promise.resolve();
};

const mount: FastifyPluginAsync<SessionsPluginOptions> = async (app, options) => {
  const handler = handlerFor(app, options);
  const prefix = new RegExp(`^(/[^/]*){${countSegments(app.prefix)}}(?=/|$)`);
  const { routerOptions, ignoreDuplicateSlashes } = app.initialConfig; // which older versions have, for the former
  const mergesSlashes = routerOptions?.ignoreDuplicateSlashes || ignoreDuplicateSlashes;

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^/, (_request, stream, done) => done(null, stream)); // unlike '*', it is looked up once
  app.addHook('onRequest', (request, _reply, done) => {
    // For Fastify, which answers 415 to a Content-Type that it cannot read.
    if (!PLAIN_TYPE.test(request.raw.headers['content-type'] ?? '')) request.headers = { 'content-type': undefined };
    done();
  });

  for (const root of handler.roots) {
    // What follows a root is left to the handler: Fastify's router would decode it.
    const base = root.replace(/\/$/, '');
    // A base URL with a slash at its end makes two.
    const doubled = mergesSlashes || base === '' ? [] : [`/${base}`, `/${base}/*`];
    for (const url of [root, `${base}/*`, ...doubled]) {
      app.all(url, async (request, reply) => {
        const sent = pathOf(request.raw);
        const path = (mergesSlashes ? sent.replace(/\/+/g, '/') : sent).replace(prefix, '') || '/';
        const answer = await handler.handle(nodeCall(request.raw, path, request.body));
        if (answer === undefined) return reply.callNotFound();

        const { status, headers, body } = answer;
        reply.code(status).headers(headers);
        // Not the reply, which Fastify would wait for until it is sent to the end. Bytes or undefined, since Fastify adds a
        // charset to the type of a text, and a type to null.
        return body === undefined || request.method === 'HEAD' ? undefined : Buffer.from(body);
      });
    }
  }
};

/** One segment may be a parameter, and have slashes in the pattern of it, which is in parentheses. */
function countSegments(prefix: string): number {
  const bare = prefix.replace(/\([^()]*\)/g, '');
  return bare === prefix ? bare.split('/').filter((segment) => segment !== '').length : countSegments(bare);
}

/** The collector it was handed, or one that logs where the server does and lives as long. */
function handlerFor(app: FastifyInstance, options: SessionsPluginOptions & RegisterOptions): Handler {
  const { prefix, logLevel, logSerializers, collector, ...own } = options; // the first three are for `register`
  if (collector) {
    if (!isHandler(collector)) throw new TypeError('sessionsPlugin: collector must be what createCollector makes');
    const [name] = Object.keys(own);
    if (name) {
      throw new TypeError(`sessionsPlugin: ${name} has no effect beside a collector; give it to createCollector`);
    }
    return collector;
  }
  const made = createCollector({
    onError: ({ error, during }) => app.log.error(error, `media-sessions: ${during} failed`),
    ...own,
  });
  app.addHook('onClose', () => made.close());
  return made;
}
