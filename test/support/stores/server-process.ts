// A server over one store, as a process of its own that tests load and kill. Arguments: the kind of store, and where it is.
import { createServer } from 'node:http';
import { sessionsMiddleware } from '../../../adapters/http/node.ts';
import { createCollector } from '../../../src/collector/collector.ts';
import { startOwnClock } from './own-time.ts';
import type { FromServer, ToServer } from './server-processes.ts';
import { openStore } from './store-kinds.ts';

const [kind = '', location = '', settings = '{}'] = process.argv.slice(2);
const { hangs = false, ...timeouts } = JSON.parse(settings);

const ownTime = startOwnClock();
let ahead = 0;
let slowest = 0;
let watch: { readonly from: number; wellSince?: number | undefined } | undefined;

/** How long all must be acknowledged for a service to be well, in milliseconds: longer than a store waits for an answer. */
const CALM = 1000;
const tell = (message: FromServer) => {
  if (process.connected) process.send?.(message, () => {}); // a test that failed is gone
};
const { store, end } = await openStore(kind, location);
const collector = createCollector({
  store,
  now: () => Date.now() + ahead,
  sweepInterval: 100,
  timeouts,
  onSessionClose({ session, events }) {
    tell({ closed: session.sid, events: events.length });
    return hangs ? new Promise(() => {}) : undefined;
  },
  onError: ({ error }) => tell({ failure: String(error) }),
});
const middleware = sessionsMiddleware(collector);
// Idle connections stay open: the agent of Node 24 hands out connections that it closed itself a moment before, since
// the server's limit was near, and the request that gets one fails.
const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  const asked = ownTime();
  response.once('finish', () => {
    const now = ownTime();
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
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') tell({ port: address.port });
});

process.on('disconnect', () => process.exit());
process.on('message', async (message: ToServer) => {
  if ('ahead' in message) ahead = message.ahead;
  if ('watch' in message) watch = { from: ownTime() };
  if (!('stop' in message)) return;
  server.close();
  server.closeIdleConnections();
  await collector.close();
  await store.close();
  await end();
  process.disconnect();
});
