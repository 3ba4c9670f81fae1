import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeclareTest } from '../store-contract.ts';
import { assertKept } from './kept.ts';
import { startPlayers } from './players.ts';
import { startServer } from './server-processes.ts';
import { openStore } from './store-kinds.ts';
import { eventually } from './waiting.ts';

/** A database server, as far as it fails and comes back. */
export interface Breakable {
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  pause(): void;
  resume(): unknown;
}

/** How long a service may take to be back once its database server is, in milliseconds: 2 s on an idle machine. */
const BACK_WITHIN = 10_000;
/** How long an answer may take, in milliseconds: the 2 s of the store, and what a busy machine adds. */
const ANSWER_WITHIN = 6000;

type Outage = readonly [name: string, begin: (server: Breakable) => unknown, end: (server: Breakable) => unknown];

const OUTAGES: readonly Outage[] = [
  ['is stopped', (server) => server.stop(), (server) => server.start()],
  ['is killed', (server) => server.kill(), (server) => server.start()],
  ['does not answer', (server) => server.pause(), (server) => server.resume()],
];

/** Declares the tests of a database server that goes away under load and comes back. */
export function survivesOutages(
  it: DeclareTest,
  kind: string,
  useServer: () => Breakable,
  newLocation: () => Promise<string>,
  rounds = 2,
): void {
  for (const [name, begin, end] of OUTAGES) {
    it(`answers 503 while the server ${name}, loses nothing that it acknowledged, and is well soon after`, async () => {
      const location = await newLocation();
      const server = await startServer(kind, location);
      const players = startPlayers({ ports: () => [server.port], count: 10 });
      const { acknowledged } = players;
      for (let round = 0; round < rounds; round++) {
        await eventually(() => assert.ok(acknowledged.events.size > 10));
        await begin(useServer());
        const refused = acknowledged.statuses.get(503) ?? 0;
        await eventually(() => assert.ok((acknowledged.statuses.get(503) ?? 0) > refused + 10));
        await sleep(500);
        await end(useServer());
        const back = performance.now();
        await eventually(() => assert.ok(acknowledged.lastAt > back), BACK_WITHIN);
      }
      await players.stop();
      assert.equal(server.crashed, false);
      assert.deepEqual([...acknowledged.statuses.keys()].sort(), [201, 204, 503]);
      assert.ok(acknowledged.slowest < ANSWER_WITHIN, `an answer took ${acknowledged.slowest} ms`);
      await server.stop();

      const { store, end: letGo } = await openStore(kind, location);
      await assertKept(store, acknowledged);
      await store.close();
      await letGo();
    });
  }
}
