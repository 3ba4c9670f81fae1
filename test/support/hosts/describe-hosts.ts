import { describe } from 'vitest';
import type { Host } from './host.ts';
import { HOSTS } from './hosts.ts';

/** One host of each adapter, mounted in the plainest way. */
const PLAIN = ['node:http', 'Express 5', 'Koa 3', 'Fastify 5', 'fetch on @hono/node-server'];

/** Declares tests for every host. Those of the plain hosts are quick: the others differ only in what is around the API. */
export function describeHosts(declareTests: (host: Host) => void): void {
  for (const host of HOSTS) {
    describe(host.name, { tags: PLAIN.includes(host.name) ? [] : ['long'] }, () => declareTests(host));
  }
}
