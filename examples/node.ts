// A whole server on node:http: npm start
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCollector } from 'media-sessions';
import { sessionsMiddleware } from 'media-sessions/node';

const port = Number(process.env['PORT'] ?? 8080);
const collector = createCollector({
  onSessionStart: ({ session }) => console.log('started', session.sid),
  onSessionClose: ({ session, events }) => console.log('closed ', session.sid, `${events.length} events`),
  onReject: ({ method, path, status, errors }) => console.log('refused', method, path, status, ...errors),
});
const server = createServer(sessionsMiddleware(collector));

server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
  console.error(code === 'EADDRINUSE' ? `Port ${port} is taken. Choose another: PORT=8081 npm start` : message);
  process.exit(1);
});
server.listen(port, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/sessions`;
  const params = '{"media.id":"demo","media.contentType":"vod","media.length":60}';
  const body = `{"eventType":"sessionStart","playerTime":{"playhead":0,"ts":${Date.now()}},"params":${params}}`;
  console.log(`Point a player at ${url}, or try:\n\n  curl -i ${url} -d '${body}'\n`);
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => server.close(() => collector.close()).closeIdleConnections());
}
