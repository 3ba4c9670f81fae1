// In a Next app, on Node: the file app/api/v1/[...path]/route.ts. Any basePath is left out by itself.
// The memory of a server that Next runs several of is its own: beyond a trial, give it a store that they share.
import { createCollector } from 'media-sessions';
import { sessionsHandler } from 'media-sessions/fetch';

const collector = createCollector({ onSessionStart: ({ session }) => console.log('started', session.sid) });
const handler = sessionsHandler(collector);

export { handler as GET, handler as HEAD, handler as OPTIONS, handler as POST };
