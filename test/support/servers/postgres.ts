import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../eventually.ts';
import { freePorts } from './ports.ts';
import { endProgram, isMissing, programPath } from './programs.ts';

export const postgresIsMissing = () => isMissing('PostgreSQL', ['initdb', 'postgres'], 'postgresql');

/** A PostgreSQL server on a port of the loopback address, with data of its own. */
export interface PostgresServer {
  /** Makes an empty database, and gives its URL. */
  newDatabase(): Promise<string>;
  start(): Promise<void>;
  /** Ends it in order: connections are cut, data is written. */
  stop(): Promise<void>;
  /** Ends it as a lost machine ends. */
  kill(): Promise<void>;
  /** Stops it and its connections where they are, until it is resumed. */
  pause(): void;
  resume(): void;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** PostgreSQL refuses to run as root; then it runs as the user of Debian's package. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Makes and starts a server. */
export async function startPostgres(): Promise<PostgresServer> {
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'media-sessions-postgres-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  execFileSync(programPath('initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync'], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  });
  const [port = 0] = await freePorts(1);
  const url = (database: string) => `postgresql://postgres@127.0.0.1:${port}/${database}`;
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200 };
  let server: ChildProcess;
  let databases = 0;

  async function start(): Promise<void> {
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    server = spawn(programPath('postgres'), ['-D', data, ...options], { ...user, cwd: folder, stdio: 'ignore' });
    await eventually(() => query('select 1'));
  }

  async function query(sql: string): Promise<void> {
    const client = new Client(url('postgres'));
    client.on('error', () => {});
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }

  /** Signals the server and the processes it made. */
  function signalAll(signal: NodeJS.Signals): void {
    const { pid = 0 } = server;
    const children = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
    for (const child of [pid, ...(children.stdout.match(/\d+/g) ?? []).map(Number)]) {
      try {
        process.kill(child, signal);
      } catch {
        // It ended meanwhile, as those that wait on a connection do.
      }
    }
  }

  const kill = () => endProgram(server, () => signalAll('SIGKILL'));

  await start();
  return {
    async newDatabase() {
      const name = `test${++databases}`;
      await query(`create database ${name}`);
      return url(name);
    },
    start,
    stop: () => endProgram(server, () => server.kill('SIGINT')), // "fast" shutdown
    kill,
    pause: () => signalAll('SIGSTOP'),
    resume: () => signalAll('SIGCONT'),
    async remove() {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}
