import { createServer } from 'node:http';
import { sessionsMiddleware } from '../../../adapters/http/node.ts';
import { type Collector, createCollector } from '../../../src/collector/collector.ts';
import type { CollectorOptions } from '../../../src/collector/options.ts';
import { createInspector, type InspectorOptions } from '../../../src/inspector/inspector.ts';
import { listen } from '../hosts/serve-host.ts';

/** A real server: the API at `/`, its inspector below `/inspect`, and a clock that can be moved. */
export interface InspectedServer {
  /** Its origin. */
  readonly url: string;
  readonly collector: Collector;
  /** Where the page is. */
  readonly page: string;
  now(): number;
  advance(ms: number): void;
  /** Posts to the API as a player does. Text is sent as it is. */
  post(path: string, body: unknown): Promise<Response>;
  /** Starts a session and gives its id. */
  start(body: unknown): Promise<string>;
  /** Goes away with all its connections, and comes back on the same port. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

export async function inspectedServer(
  options: CollectorOptions = {},
  inspectorOptions: Partial<InspectorOptions> = {},
): Promise<InspectedServer> {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const collector = createCollector({ now, ...options });
  const inspect = sessionsMiddleware(createInspector({ collector, ...inspectorOptions }), { prefix: '/inspect' });
  const api = sessionsMiddleware(collector);
  const server = createServer((req, res) => inspect(req, res, () => api(req, res)));
  const url = await listen(server);

  const post = (path: string, body: unknown) =>
    fetch(`${url}${path}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

  async function goAway(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  return {
    url,
    collector,
    page: `${url}/inspect/`,
    now,
    advance(ms) {
      ahead += ms;
    },
    post,
    async start(body) {
      const answer = await post('/api/v1/sessions', body);
      if (answer.status !== 201) throw new Error(`The start answered ${answer.status}: ${await answer.text()}`);
      return answer.headers.get('Location')?.split('/').at(-1) ?? '';
    },
    goAway,
    comeBack: () => new Promise((resolve) => server.listen(Number(new URL(url).port), '127.0.0.1', resolve)),
    async stop() {
      if (server.listening) await goAway();
      await collector.close();
    },
  };
}
