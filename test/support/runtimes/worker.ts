/**
 * A Worker whose collector is made where Workers allow neither timers nor random values, with a way in for
 * the conformance checks, which run in another process.
 */
import { sessionsHandler } from '../../../adapters/http/fetch.ts';
import { createCollector } from '../../../src/index.ts';

let ahead = 0;
const hooks: string[] = [];
const note = async (hook: string) => {
  await new Promise((resolve) => setTimeout(resolve, 100)); // as long as a request to elsewhere
  hooks.push(hook);
};
const collector = createCollector({
  now: () => Date.now() + ahead,
  sweepInterval: 200,
  edge: true,
  onSessionStart: ({ session }) => note(`start ${session.sid}`),
  onReject: ({ path, status }) => note(`${status} ${path}`),
  onSessionClose: ({ session }) => note(`close ${session.sid}`),
});
const handler = sessionsHandler(collector, { passThrough: true });

/** What a check asks of the collector, as `[name, ...arguments]`. */
const ways: Readonly<Record<string, (...args: never[]) => unknown>> = {
  session: (sid: string) => collector.session(sid),
  sessions: (query: object) => collector.sessions(query),
  events: (sid: string) => collector.events(sid),
  hooks: () => hooks,
  generatesCode: () => {
    try {
      return new Function('return true')();
    } catch {
      return false;
    }
  },
  advance: (ms: number) => {
    ahead += ms;
  },
};

async function fetch(request: Request, ...host: readonly unknown[]): Promise<Response> {
  const answer = await handler(request, ...host);
  if (answer) return answer;
  // In Next the URL may have the basePath of the app.
  const { pathname } = (request as Request & { nextUrl?: URL }).nextUrl ?? new URL(request.url);
  if (pathname === '/hello') return new Response('hello');
  if (pathname !== '/collector') return new Response('not found', { status: 404 });
  const [name, ...args] = (await request.json()) as [string, ...never[]]; // from remote.ts
  return Response.json((await ways[name]?.(...args)) ?? null);
}

export default { fetch };
