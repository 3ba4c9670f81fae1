// Sessions in PostgreSQL, reports that are posted, and a stop that loses nothing:
// DATABASE_URL=postgres://... REPORTS_URL=https://... REPORTS_SECRET=... node examples/durable.ts
import express from 'express';
import { createCollector } from 'media-sessions';
import { sessionsMiddleware } from 'media-sessions/express';
import { postReports } from 'media-sessions/reports/post';
import { postgresStore } from 'media-sessions/stores/postgres';
import { Pool } from 'pg';

const { DATABASE_URL, REPORTS_URL = '', REPORTS_SECRET = '', PORT = '8080' } = process.env;

const pool = new Pool({ connectionString: DATABASE_URL, connectionTimeoutMillis: 2000 });
pool.on('error', (error) => console.error('an idle connection was lost:', error.message));

const store = postgresStore(pool, { retention: 30 * 86_400_000 }); // closed sessions are forgotten after 30 days
const collector = createCollector({
  store,
  onSessionStart: ({ session }) => console.log('started', session.sid),
  // Called again until the receiver answers 2xx, by another process if this one dies.
  onSessionClose: postReports(REPORTS_URL, { secret: REPORTS_SECRET }),
});

const app = express();
app.use(sessionsMiddleware(collector));
const server = app.listen(Number(PORT), '127.0.0.1', () => console.log('listening on', server.address()));

process.once('SIGTERM', () => {
  server.close(async () => {
    await collector.close(); // delivers what is due; open sessions stay in the store
    await store.close();
    await pool.end();
  });
  server.closeIdleConnections();
});
