import { afterAll, beforeAll, it } from 'vitest';
import { conformance } from '../../../src/testing/conformance/conformance.ts';
import { describeHosts } from '../../support/hosts/describe-hosts.ts';
import { type Serving, serveHost } from '../../support/hosts/serve-host.ts';

describeHosts((host) => {
  let serving: Serving;
  beforeAll(async () => {
    serving = await serveHost(host, { edge: true });
  });
  afterAll(() => serving.stop());

  conformance(it, () => serving, { http1: !host.http2, edge: true });
});
