// In an Express app that has routes and a body parser of its own: node examples/express.ts
import express from 'express';
import { createCollector } from 'media-sessions';
import { sessionsMiddleware } from 'media-sessions/express';

const collector = createCollector({ onSessionStart: ({ session }) => console.log('started', session.sid) });
const app = express();

app.use(sessionsMiddleware(collector));
app.use(express.json());
app.get('/', (_req, res) => void res.send('The app goes on as before.'));
app.get('/sessions/:sid', async (req, res) => void res.json(await collector.events(req.params.sid)));

const server = app.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1', () => {
  console.log('listening on', server.address());
});
process.once('SIGTERM', () => server.close(() => collector.close()));
