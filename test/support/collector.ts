import { type Call, type Collector, type CollectorOptions, createCollector } from '../../src/index.ts';
import { start } from '../../src/testing/conformance/samples.ts';

/** The collectors of a test, which `closeAll` closes after it. */
export const open: Collector[] = [];

export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((collector) => collector.close()));
}

export function collect(options?: CollectorOptions): Collector {
  const collector = createCollector(options);
  open.push(collector);
  return collector;
}

export function call(
  path: string,
  body: unknown,
  { method = 'POST', headers = {} as Record<string, string> } = {},
): Call {
  const [bare = '', query = ''] = path.split('?');
  return { method, path: bare, query: () => query, header: (name) => headers[name], body: async () => body };
}

export const startCall = () => call('/api/v1/sessions', start);

export async function startSession(collector: Collector): Promise<string> {
  const reply = await collector.handle(startCall());
  return reply?.headers['Location']?.split('/')[4] ?? '';
}
