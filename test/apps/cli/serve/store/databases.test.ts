import { chownSync, copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../../../apps/cli/serve/store/open-store.ts';
import { parseStoreChoice } from '../../../../../apps/cli/serve/store/store-choice.ts';
import { handleSessionStart } from '../../../../../src/index.ts';
import { start } from '../../../../../src/testing/conformance/samples.ts';
import { endAll, failsToServe, startServe, stop } from '../../../../support/cli/serve.ts';
import { type Certificate, makeCertificate, opensslIsMissing } from '../../../../support/servers/certificate.ts';
import { freePorts } from '../../../../support/servers/ports.ts';
import { postgresIsMissing, startPostgres } from '../../../../support/servers/postgres.ts';
import { redisIsMissing, startRedis } from '../../../../support/servers/redis.ts';
import { startRedisCluster } from '../../../../support/servers/redis-cluster.ts';

const PASSWORD = 'p@ss/w:rd';
const IN_URL = encodeURIComponent(PASSWORD);

let folder: string;
let files: Certificate;
const closing: (() => unknown)[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'databases-'));
  if (!opensslIsMissing()) files = makeCertificate(folder);
});
afterEach(async () => {
  await endAll();
  for (const close of closing.splice(0)) await close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Serves with a store that speaks TLS and asks for a password, keeps a session in it, and tries it without these. */
async function servesWithTls(store: string, wrongPassword: string): Promise<void> {
  const { host, pathname } = new URL(store);
  const trusting = { NODE_EXTRA_CA_CERTS: files.certificate };
  const server = await startServe([], { ...trusting, MEDIA_SESSIONS_STORE: store });
  await server.start();
  expect(server.stdout() + server.stderr()).not.toContain(PASSWORD);
  expect(server.stdout()).toContain(`${host}${pathname}`);
  expect(await stop(server)).toBe(0);

  const distrusting = await failsToServe(['--store', store, '--port', '0']);
  expect(distrusting.stderr).toMatch(
    /: self-signed certificate; NODE_EXTRA_CA_CERTS names a file with the certificate of its authority; see docs\/serve\.md#stores\n$/,
  );
  const wrong = await failsToServe(['--store', store.replace(IN_URL, 'wrong'), '--port', '0'], trusting);
  expect(wrong.stderr).toContain(wrongPassword);
  expect([distrusting.code, wrong.code]).toEqual([1, 1]);
}

describe.skipIf(redisIsMissing())('a store in Redis', () => {
  it.skipIf(opensslIsMissing())('speaks TLS, and has a password', { tags: ['long'] }, async () => {
    const [tlsPort = 0] = await freePorts(1);
    const redis = await startRedis({
      'tls-port': String(tlsPort),
      'tls-cert-file': files.certificate,
      'tls-key-file': files.key,
      'tls-ca-cert-file': files.certificate,
      'tls-auth-clients': 'no',
    });
    closing.push(() => redis.remove());
    const client = await createClient({ url: redis.url }).connect();
    await client.configSet('requirepass', PASSWORD);
    client.destroy();
    await servesWithTls(`rediss://:${IN_URL}@localhost:${tlsPort}`, 'WRONGPASS');
  });

  it('may be a cluster, which any of its servers leads to', { tags: ['long'] }, async () => {
    const cluster = await startRedisCluster();
    closing.push(() => cluster.remove());
    for (const { url } of cluster.masters) {
      const client = await createClient({ url }).connect();
      await client.configSet({ requirepass: PASSWORD, masterauth: PASSWORD });
      client.destroy();
    }
    const [first] = cluster.masters;
    const { store, close } = await openStore(
      parseStoreChoice(`redis://:${IN_URL}@127.0.0.1:${first?.port}`),
      undefined,
    );
    closing.push(close);
    for (let session = 0; session < 20; session++) {
      expect((await handleSessionStart(start, { store })).status).toBe(201); // each on the server of its slot
    }
    expect((await store.list({}, Date.now())).sessions).toHaveLength(20);
  });
});

describe.skipIf(postgresIsMissing())('a store in PostgreSQL', () => {
  it.skipIf(opensslIsMissing())('speaks TLS, and has a password', { tags: ['long'] }, async () => {
    const postgres = await startPostgres();
    closing.push(() => postgres.remove());
    const client = new Client(postgres.url);
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    const { data_directory: data = '' } = rows[0] ?? {};
    const { uid, gid } = statSync(data); // PostgreSQL takes only a key of its own user
    for (const [file, name] of [
      [files.certificate, 'server.crt'],
      [files.key, 'server.key'],
    ] as const) {
      copyFileSync(file, join(data, name));
      chownSync(join(data, name), uid, gid);
    }
    writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all all scram-sha-256\n');
    await client.query(`alter user postgres password '${PASSWORD}'`);
    await client.query('alter system set ssl = on');
    await client.query('select pg_reload_conf()');
    await client.end();

    const url = postgres.url.replace('postgres@127.0.0.1', `postgres:${IN_URL}@localhost`);
    await servesWithTls(`${url}?sslmode=verify-full`, 'password authentication failed');
    expect((await failsToServe(['--store', url, '--port', '0'])).stderr).toMatch(
      /, no encryption; \?sslmode=verify-full in the URL asks for TLS; see docs\/serve\.md#stores\n$/,
    );
  });
});
