// The least that serves the API, on node:http: node examples/node.ts
import { createServer } from 'node:http';
import { createCollector } from 'media-sessions';
import { sessionsMiddleware } from 'media-sessions/node';

const collector = createCollector({ onSessionStart: ({ session }) => console.log('started', session.sid) });
const server = createServer(sessionsMiddleware(collector));

server.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1', () => console.log('listening on', server.address()));
process.once('SIGTERM', () => server.close(() => collector.close()));
