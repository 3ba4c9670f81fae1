import { afterAll, beforeAll, describe, it } from 'vitest';
import { conformance } from '../conformance.ts';
import { HOSTS } from './hosts.ts';
import { type Serving, serveHost } from './serve.ts';

describe.each(HOSTS)('$name', (host) => {
  let serving: Serving;
  beforeAll(async () => {
    serving = await serveHost(host);
  });
  afterAll(() => serving.stop());

  conformance(it, () => serving, { http1: !host.http2 });
});
