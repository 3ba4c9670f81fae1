import { createServer } from 'node:http';
import { connect } from 'node:net';
import Koa3 from 'koa';
import Koa2 from 'koa2';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sessionsMiddleware } from '../../../adapters/http/koa.ts';
import { createCollector } from '../../../src/index.ts';
import { listen } from '../../support/hosts/serve-host.ts';

const closing: (() => unknown)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

describe.each([
  ['Koa 3', Koa3],
  ['Koa 2', Koa2],
])('sessionsMiddleware of %s', (_name, Koa) => {
  it('leaves a request target that is no URL to the host, without an error', async () => {
    const collector = createCollector();
    const app = new Koa().use(sessionsMiddleware(collector)).use((ctx) => {
      ctx.body = 'hello';
    });
    const onError = vi.fn();
    app.on('error', onError);
    const server = createServer(app.callback());
    closing.push(
      () => collector.close(),
      () => server.close(),
    );
    const { port, hostname } = new URL(await listen(server));
    const socket = connect(Number(port), hostname);
    socket.end('GET http://[/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK.*hello$/s);
    expect(onError).not.toHaveBeenCalled();
  });
});
