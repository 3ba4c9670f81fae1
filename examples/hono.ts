// In a Hono app that has routes of its own, on Node: node examples/hono.ts
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createCollector } from 'media-sessions';
import { sessionsHandler } from 'media-sessions/fetch';

const collector = createCollector({ onSessionStart: ({ session }) => console.log('started', session.sid) });
const sessions = sessionsHandler(collector, { passThrough: true });
const app = new Hono();

app.use(async (c, next) => (await sessions(c.req.raw)) ?? next());
app.get('/', (c) => c.text('The app goes on as before.'));

const port = Number(process.env['PORT'] ?? 8080);
const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address) => {
  console.log('listening on', address);
});
process.once('SIGTERM', () => server.close(() => collector.close()));
