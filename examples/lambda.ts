// A function of AWS Lambda, behind an API Gateway of either kind. PREFIX is what paths begin with: /prod where the stage
// is in them, as it is in those of an HTTP API. A function's memory does not last: give it a store.
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { createCollector } from 'media-sessions';
import { sessionsHandler } from 'media-sessions/fetch';

const collector = createCollector({ onSessionStart: ({ session }) => console.log('started', session.sid) });
const sessions = sessionsHandler(collector, { prefix: process.env['PREFIX'] });
const app = new Hono();

app.all('*', async (c) => {
  const hooks: Promise<unknown>[] = [];
  const response = await sessions(c.req.raw, { waitUntil: (hook: Promise<unknown>) => hooks.push(hook) });
  await Promise.all(hooks); // the function is frozen once it has answered
  return response;
});

export const handler = handle(app);
