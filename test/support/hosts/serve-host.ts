import { connect } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { type Collector, createCollector } from '../../../src/collector/collector.ts';
import type { CollectorOptions } from '../../../src/collector/options.ts';
import { type Answer, type Request, sendByFetch, type Target } from '../../../src/testing/conformance/conformance.ts';
import type { Host } from './host.ts';

/** A host at work, as a target of the conformance checks. */
export interface Serving extends Target {
  stop(): Promise<void>;
}

/** Starts a host on a free port of this machine, with a collector whose clock stands still unless it is moved. */
export async function serveHost(host: Host, options: CollectorOptions = {}): Promise<Serving> {
  const { prefix = '', traits = {} } = host;
  let now = Date.now();
  const collector = createCollector({
    now: () => now,
    cors: traits.cors !== 'host',
    onError: ({ error }) => {
      throw error; // none is expected
    },
    ...options,
  });
  const server = await host.serve(collector);
  const url = (await listen(server)) + prefix;
  return {
    url,
    collector,
    advance(ms) {
      now += ms;
    },
    send: host.http2 ? (request) => sendByHttp2(url, request) : (request) => sendByFetch(url, request),
    cors: 'api',
    hostParses: [],
    otherPaths: 'host',
    headerNames: 'as-given',
    refusesBadUrls: false,
    ...traits,
    stop: () => stop(server, collector),
  };
}

/** Starts a server on a free port and gives its origin. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // of a TCP server
}

async function sendByHttp2(url: string, { method = 'POST', path, headers, body }: Request): Promise<Answer> {
  const session = connect(url);
  try {
    const stream = session.request({ ':method': method, ':path': path, ...headers }, { endStream: body === undefined });
    if (body !== undefined) stream.end(body);
    const answered = await new Promise<Record<string, unknown>>((resolve, reject) => {
      stream.once('response', resolve).once('error', reject);
    });
    let text = '';
    for await (const chunk of stream.setEncoding('utf8')) text += chunk;
    const fields = Object.entries(answered).map(([name, value]) => [name, String(value)]);
    return { status: Number(answered[':status']), headers: Object.fromEntries(fields), body: text };
  } finally {
    session.close();
  }
}

async function stop(server: Server, collector: Collector): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  if ('closeAllConnections' in server) (server as { closeAllConnections(): void }).closeAllConnections();
  await closed;
  await collector.close();
}
