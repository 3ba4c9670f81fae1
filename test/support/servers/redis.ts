import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { eventually } from '../eventually.ts';
import { isMissing, REDIS } from '../requirements.ts';
import { freePorts } from './ports.ts';
import { endProgram, programPath } from './programs.ts';

export const redisIsMissing = () => isMissing(REDIS);

/** A Redis server on a port of the loopback address, with data of its own, that writes every command to disk. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Makes and starts a server. `settings` are options of redis.conf. */
export async function startRedis(
  settings: Readonly<Record<string, string>> = {},
  wanted?: number,
): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'media-sessions-redis-'));
  const [port = 0] = wanted === undefined ? await freePorts(1) : [wanted];
  const url = `redis://127.0.0.1:${port}`;
  const all = { bind: '127.0.0.1', port, dir: folder, save: '', appendonly: 'yes', appendfsync: 'always', ...settings };
  let server: ChildProcess;

  async function start(): Promise<void> {
    const options = Object.entries(all).flatMap(([name, value]) => [`--${name}`, String(value)]);
    server = spawn(programPath('redis-server'), options, { stdio: 'ignore' });
    await eventually(async () => {
      const client = createClient({ url, socket: { reconnectStrategy: false } });
      client.on('error', () => {});
      await client.connect();
      await client.ping().finally(() => client.destroy());
    });
  }

  const end = (signal: NodeJS.Signals) => endProgram(server, () => server.kill(signal));

  await start();
  return {
    port,
    url,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    async remove() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
}
