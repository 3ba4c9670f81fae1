import { afterAll, beforeAll, describe, it } from 'vitest';
import { conformance } from '../../../src/testing/conformance/conformance.ts';
import { HOSTS } from '../../support/hosts/hosts.ts';
import { type Serving, serveHost } from '../../support/hosts/serve-host.ts';

describe.each(HOSTS)('$name', (host) => {
  let serving: Serving;
  beforeAll(async () => {
    serving = await serveHost(host);
  });
  afterAll(() => serving.stop());

  conformance(it, () => serving, { http1: !host.http2 });
});
