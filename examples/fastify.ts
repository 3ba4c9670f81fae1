// In a Fastify app that has routes of its own: node examples/fastify.ts
import Fastify from 'fastify';
import { sessionsPlugin } from 'media-sessions/fastify';

const app = Fastify();

app.register(sessionsPlugin, { onSessionStart: ({ session }) => console.log('started', session.sid) });
app.get('/', () => 'The app goes on as before.');

const port = Number(process.env['PORT'] ?? 8080);
console.log('listening on', await app.listen({ port, host: '127.0.0.1' }));
process.once('SIGTERM', () => app.close());
