import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Collector } from '../../../src/index.ts';
import { type Answer, sendByFetch } from '../../../src/testing/conformance/conformance.ts';
import type { Host } from '../hosts/host.ts';
import { listen, type Serving } from '../hosts/serve-host.ts';
import { buildNext } from './next.ts';

/** A Worker at work, with what it tells beside what a collector does. */
export interface RemoteServing extends Serving {
  ask(name: 'hooks' | 'generatesCode'): Promise<unknown>;
}

/** A runtime that a bundled Worker runs in. */
export interface Runtime {
  readonly name: string;
  readonly installed: boolean;
  /** Forbids `eval` and the like. */
  readonly forbidsCode: boolean;
  /** The path that it serves the bundle under. */
  readonly path?: string;
  /** What a check must know of it. */
  readonly traits?: Host['traits'];
  /** The command that serves a bundle on a port of 127.0.0.1. */
  command(
    bundle: string,
    port: number,
  ): readonly [file: string, ...args: string[]] | Promise<readonly [string, ...string[]]>;
}

const binaries = fileURLToPath(new URL('../../../node_modules/.bin/', import.meta.url));
const installed = (name: string) => existsSync(join(binaries, name));

/** Cloudflare's own runtime is told what to serve by a file. */
const workerdConfig = (port: number) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01"
);
`;

/** What Next does to the answers of a route, and to paths. */
const ofNext = { routesExactly: true, omitsLengths: true, refusesBadUrls: true } as const;

/** Those but Node are tested where they are installed: `npm install --no-save bun deno workerd next react react-dom`. */
export const RUNTIMES: readonly Runtime[] = [
  {
    name: 'Node without code generation',
    installed: true,
    forbidsCode: true,
    command: (bundle, port) => [
      process.execPath,
      '--disallow-code-generation-from-strings',
      fileURLToPath(new URL('node.ts', import.meta.url)),
      bundle,
      String(port),
    ],
  },
  {
    name: 'workerd, of Cloudflare Workers',
    installed: installed('workerd'),
    forbidsCode: true,
    async command(bundle, port) {
      const config = join(dirname(bundle), `${port}.capnp`);
      await writeFile(config, workerdConfig(port));
      return [join(binaries, 'workerd'), 'serve', config];
    },
  },
  {
    name: 'Deno',
    installed: installed('deno'),
    forbidsCode: false,
    command: (bundle, port) => [join(binaries, 'deno'), 'serve', '--host=127.0.0.1', `--port=${port}`, bundle],
  },
  {
    name: 'Bun',
    installed: installed('bun'),
    forbidsCode: false,
    command: (bundle, port) => [join(binaries, 'bun'), `--port=${port}`, bundle],
  },
  {
    name: 'Next, on Node and below a basePath',
    installed: installed('next'),
    forbidsCode: false,
    path: '/base',
    traits: ofNext,
    command: (bundle, port) => buildNext(bundle, 'nodejs', port),
  },
  {
    name: 'Next, on the edge and below a basePath',
    installed: installed('next'),
    forbidsCode: false,
    path: '/base',
    traits: { ...ofNext, readsWholeBodies: true },
    command: (bundle, port) => buildNext(bundle, 'edge', port),
  },
];

/** Starts a runtime with a bundle, as a target of the conformance checks. */
export async function serveIn(runtime: Runtime, bundle: string): Promise<RemoteServing> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${runtime.path ?? ''}`;
  const [file, ...args] = await runtime.command(bundle, port);
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await reachable(`${url}/hello`, child);

  async function ask(name: string, ...args: unknown[]) {
    const response = await fetch(`${url}/collector`, { method: 'POST', body: JSON.stringify([name, ...args]) });
    return (await response.json()) ?? undefined;
  }
  const ways = ['session', 'sessions', 'events'].map((name) => [name, (...args: unknown[]) => ask(name, ...args)]);
  return {
    url,
    collector: Object.fromEntries(ways) as Collector, // what the checks use of it
    ask,
    async advance(ms) {
      await ask('advance', ms);
    },
    send: async (request) => withLength(await sendByFetch(url, request)),
    cors: 'api',
    hostParses: [],
    otherPaths: 'host',
    headerNames: 'own',
    refusesBadUrls: false,
    ...runtime.traits,
    async stop() {
      child.kill();
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** The answer with the length of its body, where the runtime sent that in chunks. */
function withLength(answer: Answer): Answer {
  const { headers, body } = answer;
  if (headers['transfer-encoding'] !== 'chunked') return answer;
  return { ...answer, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = new URL(await listen(server));
  await new Promise((resolve) => server.close(resolve));
  return Number(port);
}

async function reachable(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The runtime ended with ${child.exitCode}`);
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(50);
  }
  throw new Error('The runtime does not answer');
}
