// In a Koa app that has routes and a body parser of its own: node examples/koa.ts
import bodyParser from '@koa/bodyparser';
import Koa from 'koa';
import { createCollector } from 'media-sessions';
import { sessionsMiddleware } from 'media-sessions/koa';

const collector = createCollector({ onSessionStart: ({ session }) => console.log('started', session.sid) });
const app = new Koa();

app.use(bodyParser());
app.use(sessionsMiddleware(collector));
app.use((ctx) => {
  ctx.body = 'The app goes on as before.';
});

const server = app.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1', () => {
  console.log('listening on', server.address());
});
process.once('SIGTERM', () => server.close(() => collector.close()));
