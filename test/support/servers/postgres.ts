import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../eventually.ts';
import { isMissing, POSTGRES } from '../requirements.ts';
import { freePorts } from './ports.ts';
import { endProgram, programPath } from './programs.ts';

export const postgresIsMissing = () => isMissing(POSTGRES);

/** A PostgreSQL server on a port of the loopback address, with data of its own. */
export interface PostgresServer {
  /** The URL of its own database. */
  readonly url: string;
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
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200 };
  let server: ChildProcess;

  async function start(): Promise<void> {
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    server = spawn(programPath('postgres'), ['-D', data, ...options], { ...user, cwd: folder, stdio: 'ignore' });
    await eventually(() => query(url, 'select 1'));
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
    url,
    newDatabase: () => createDatabase(url),
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

/** Makes an empty database on the server of a URL, with a name that no other test has, and gives its URL. */
export async function createDatabase(serverUrl: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await query(serverUrl, `create database ${name}`);
  return new URL(name, serverUrl).href;
}

async function query(url: string, sql: string): Promise<void> {
  const client = new Client(url);
  client.on('error', () => {});
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
