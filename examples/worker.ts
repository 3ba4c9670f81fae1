// A Cloudflare Worker: npx wrangler dev examples/worker.ts
// The memory of a Worker is its own and does not last: beyond a trial, give it a store that its siblings share.
import { sessionsHandler } from 'media-sessions/fetch';

const fetch = sessionsHandler({
  onSessionClose: ({ session, events }) => console.log('closed', session.sid, `${events.length} events`),
});

export default { fetch };
