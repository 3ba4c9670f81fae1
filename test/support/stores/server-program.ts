// A server over one store, as a program that tests run, load and kill. Arguments: the kind of store, and where it is.
import { createServer } from 'node:http';
import { sessionsMiddleware } from '../../../adapters/http/node.ts';
import { createCollector } from '../../../src/collector/collector.ts';
import { portOf } from '../servers/ports.ts';
import { openStore } from './open-store.ts';
import { startProcessClock } from './process-clock.ts';
import type { FromServer, ToServer } from './server-process.ts';

/** How long all must be acknowledged for a service to be well, in milliseconds: longer than a store waits for an answer. */
const CALM = 1000;

const [kind = '', location = '', settings = '{}'] = process.argv.slice(2);
const { hangs = false, ...timeouts } = JSON.parse(settings);

const processTime = startProcessClock();
let ahead = 0;
let slowest = 0;
let watch: { readonly from: number; wellSince?: number | undefined } | undefined;

const tell = (message: FromServer) => {
  if (process.connected) process.send?.(message, () => {}); // a test that failed is gone
};
const opened = await openStore(kind, location);
const collector = createCollector({
  store: opened.store,
  now: () => Date.now() + ahead,
  sweepInterval: 100,
  timeouts,
  onSessionClose({ session, events }) {
    tell({ closed: { sid: session.sid, events: events.length } });
    return hangs ? new Promise(() => {}) : undefined;
  },
  onError: ({ error }) => tell({ failure: String(error) }),
});
const middleware = sessionsMiddleware(collector);
// Idle connections stay open: the agent of Node 24 hands out connections that it closed itself a moment before, since
// the server's limit was near, and the request that gets one fails.
const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  const asked = processTime();
  response.once('finish', () => {
    const now = processTime();
    if (now - asked > slowest) {
      slowest = now - asked;
      tell({ slowest });
    }
    if (watch === undefined) return;
    watch.wellSince = response.statusCode < 300 ? (watch.wellSince ?? now) : undefined;
    if (watch.wellSince === undefined || now - watch.wellSince < CALM) return;
    tell({ wellAfter: watch.wellSince - watch.from });
    watch = undefined;
  });
  middleware(request, response);
}).listen(0, '127.0.0.1', () => tell({ port: portOf(server) }));

process.on('disconnect', () => process.exit());
process.on('message', async (message: ToServer) => {
  if ('ahead' in message) ahead = message.ahead;
  if ('watch' in message) watch = { from: processTime() };
  if (!('stop' in message)) return;
  server.close();
  server.closeIdleConnections();
  await collector.close();
  await opened.close();
  process.disconnect();
});
