import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ndjsonReports } from '../../../adapters/reports/ndjson.ts';
import { postReports } from '../../../adapters/reports/post.ts';
import {
  type Collector,
  type CollectorOptions,
  createCollector,
  handleSessionStart,
  memoryStore,
} from '../../../src/index.ts';
import { start } from '../../../src/testing/conformance/samples.ts';
import { eventually } from '../../support/eventually.ts';
import { listen } from '../../support/hosts/serve-host.ts';

const T0 = 1_768_471_260_000;
const leftOvers: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of leftOvers.splice(0)) await clean();
});

/** A store that outlives its collectors, as a database does, and a clock that all of them go by. */
function setUp() {
  const clock = { now: T0 };
  const store = memoryStore();
  const onError = vi.fn();
  let ids = 0;
  return {
    clock,
    /** Resolves once so many deliveries have failed; each is tried again when its pause is over. */
    haveFailed: (count: number) => eventually(() => expect(onError.mock.calls.length).toBeGreaterThanOrEqual(count)),
    startSession: () => handleSessionStart(start, { store, now: () => clock.now, newId: () => `s${++ids}` }),
    collect(onSessionClose: NonNullable<CollectorOptions['onSessionClose']>): Collector {
      const options = { store, now: () => clock.now, sweepInterval: 1, onError };
      const collector = createCollector({ ...options, onSessionClose });
      leftOvers.push(() => collector.close());
      return collector;
    },
  };
}

/** A receiver of reports that can be down; it notes the sids it took, repeats included. */
async function receiver() {
  const state = { down: true, refused: 0, taken: [] as string[] };
  const server = createServer((req, res) => {
    if (state.down) state.refused += 1;
    else state.taken.push(String(req.headers['idempotency-key']));
    req.resume().once('end', () => res.writeHead(state.down ? 503 : 204).end());
  });
  leftOvers.push(() => server.close().closeAllConnections());
  return { state, url: await listen(server) };
}

describe('the report of a closed session', () => {
  it('is posted by the next process, when the receiver was down until this one ended', async () => {
    const { clock, startSession, collect } = setUp();
    const { state, url } = await receiver();
    const first = collect(postReports(url, { secret: 'secret' }));
    for (let index = 0; index < 120; index++) await startSession();
    clock.now += 600_000;
    await eventually(() => expect(state.refused).toBeGreaterThan(0));
    await first.close();
    expect(state.taken).toEqual([]);

    state.down = false;
    collect(postReports(url, { secret: 'secret' }));
    clock.now += 60_000; // the lease of the first is over
    await eventually(() => expect(new Set(state.taken).size).toBe(120));
    expect(state.taken).toHaveLength(120);
  });

  it('is posted again with pauses until the receiver is back, and then no more', async () => {
    const { clock, startSession, collect, haveFailed } = setUp();
    const { state, url } = await receiver();
    collect(postReports(url, { secret: 'secret' }));
    await startSession();
    clock.now += 600_000;
    for (let failures = 1; failures < 4; failures++) {
      await haveFailed(failures);
      clock.now += 10_000; // longer than the pause
    }
    await haveFailed(4);
    expect(state.refused).toBe(4);
    state.down = false;
    clock.now += 10_000;
    await eventually(() => expect(state.taken).toEqual(['s1']));
    clock.now += 1_000_000;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(state.taken).toEqual(['s1']);
  });

  it('goes to a file and to a URL, each by its own hook, until both have it', async () => {
    const { clock, startSession, collect, haveFailed } = setUp();
    const { state, url } = await receiver();
    const folder = mkdtempSync(join(tmpdir(), 'reports-'));
    leftOvers.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'reports.ndjson');
    const [write, post] = [ndjsonReports(file), postReports(url, { secret: 'secret' })];
    const collector = collect(async (closed) => {
      await write(closed);
      await post(closed);
    });
    await startSession();
    clock.now += 600_000;
    await haveFailed(1);
    state.down = false;
    clock.now += 10_000;
    await eventually(() => expect(state.taken).toEqual(['s1']));
    const [line, ...repeats] = readFileSync(file, 'utf8').trim().split('\n');
    expect(JSON.parse(line ?? '')).toEqual(await collector.report('s1'));
    expect(repeats).toEqual([line]);
  });
});
