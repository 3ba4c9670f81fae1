import { onTestFinished } from 'vitest';
import { type Collector, createCollector } from '../../../src/collector/collector.ts';
import type { CollectorOptions } from '../../../src/collector/options.ts';
import type { MaybePromise } from '../../../src/common/maybe-promise.ts';
import type { Call } from '../../../src/http/call.ts';
import type { Reply } from '../../../src/http/reply.ts';
import { createInspector, type InspectorOptions } from '../../../src/inspector/inspector.ts';
import { start } from '../../../src/testing/conformance/samples.ts';

/** A collector and its inspector, called without a server, with a clock that only moves when it is told to. */
export interface Inspected {
  readonly collector: Collector;
  advance(ms: number): void;
  /** Posts to the API as a player does. */
  post(path: string, body: unknown): Promise<Reply>;
  /** Starts a session and gives its id. `params` are added to those of the sample. */
  start(params?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Calls the inspector. The target may have a query. */
  inspect(
    target: string,
    options?: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<Reply>;
  /** The JSON of what the inspector answers with 200. */
  read<Value>(target: string): Promise<Value>;
}

/** When the clock starts, in Unix milliseconds. */
export const NOW = 1_700_000_000_000;

/** The path that the events of a session are posted to. */
export const eventsPath = (sid: string) => `/api/v1/sessions/${sid}/events`;

/** A collector and its inspector, closed when the test is over. */
export function inspected(options: CollectorOptions = {}, inspectorOptions: Partial<InspectorOptions> = {}): Inspected {
  let now = NOW;
  const collector = createCollector({ now: () => now, ...options });
  const inspector = createInspector({ collector, ...inspectorOptions });
  onTestFinished(() => collector.close());

  async function replyOf(answered: MaybePromise<Reply | undefined>): Promise<Reply> {
    const reply = await answered;
    if (reply === undefined) throw new Error('The call was not answered');
    return reply;
  }
  const inspect: Inspected['inspect'] = (target, { method = 'GET', headers = {} } = {}) =>
    replyOf(inspector.handle(callOf(method, target, undefined, headers)));
  const post: Inspected['post'] = (path, body) =>
    replyOf(collector.handle(callOf('POST', path, typeof body === 'string' ? body : JSON.stringify(body))));

  return {
    collector,
    advance(ms) {
      now += ms;
    },
    post,
    async start(params = {}) {
      const { headers } = await post('/api/v1/sessions', { ...start, params: { ...start.params, ...params } });
      return headers['Location']?.split('/').at(-1) ?? '';
    },
    inspect,
    async read(target) {
      const { status, body = '' } = await inspect(target);
      if (status !== 200) throw new Error(`${target} answered ${status}: ${body}`);
      return JSON.parse(body);
    },
  };
}

function callOf(method: string, target: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Call {
  const [path = '', query = ''] = target.split('?');
  return { method, path, query: () => query, header: (name) => headers[name], body: async () => body };
}
