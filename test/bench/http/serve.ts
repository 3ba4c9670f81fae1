import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printFigure, printTitle } from '../figures.ts';
import { inTurn, ratios } from '../turns.ts';
import { type Load, openLoad } from './load.ts';
import { startServe } from './serve-process.ts';
import { requestsFor, type Traffic } from './traffic.ts';

const CONNECTIONS = 32;
const WARMUP = 50_000;
/** How many requests a slice has. The store in memory has room for 100,000 sessions in all. */
const SLICE = 2000;
const SLICES = 20;
/** How many sessions events are appended to. */
const SESSIONS = 1000;

/** How fast `media-sessions serve` answers when SQLite keeps the sessions, beside memory. */
export async function benchServe(): Promise<void> {
  for (const traffic of ['starts', 'pings'] as const) await compareStores(traffic);
}

async function compareStores(traffic: Traffic): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'media-sessions-bench-'));
  const servers = await Promise.all([`sqlite:${join(folder, 'sessions.db')}`, 'memory'].map(startServe));
  try {
    const loads = await Promise.all(
      servers.map(async ({ port }) => openLoad(port, await requestsFor(port, traffic, SESSIONS), CONNECTIONS)),
    );
    const slices = loads.map((load) => () => rate(load));
    await inTurn(WARMUP / SLICE, slices);
    const [sqlite = [], memory = []] = await inTurn(SLICES, slices);
    for (const load of loads) load.close();

    printTitle(
      `${traffic} to media-sessions serve, ${CONNECTIONS} connections, ${SLICES} slices of ${SLICE} after ${WARMUP}`,
    );
    printFigure('SQLite', sqlite, { unit: 'a second' });
    printFigure('memory', memory, { unit: 'a second' });
    printFigure('SQLite to memory', ratios(sqlite, memory), { unit: 'x', goal: '0.6 or more' });
  } finally {
    for (const server of servers) server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** How many requests a second are answered. */
async function rate(load: Load): Promise<number> {
  const from = performance.now();
  await load.send(SLICE);
  return (SLICE / (performance.now() - from)) * 1000;
}
