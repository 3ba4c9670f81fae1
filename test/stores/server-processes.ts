import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a server process tells, and what it is told. */
export type FromServer =
  | { readonly port: number }
  | { readonly closed: string; readonly events: number }
  | { readonly failure: string };
export type ToServer = { readonly ahead: number } | { readonly stop: true };

/** A server over one store, in a process of its own. */
export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  /** The sessions whose close it was handed, in the order it was. */
  readonly closed: readonly { readonly closed: string; readonly events: number }[];
  readonly failures: readonly string[];
  /** Whether it ended by itself. */
  readonly crashed: boolean;
  /** Lets its clock run ahead, in milliseconds. */
  setAhead(ms: number): void;
  /** Ends it as a lost machine ends: without a word. */
  kill(): Promise<void>;
  /** Ends it as a deploy does. */
  stop(): Promise<void>;
}

export interface ServerSettings {
  /** Milliseconds, as the option `timeouts` of a collector. */
  readonly idle?: number;
  readonly stall?: number;
  readonly grace?: number;
  /** Its `onSessionClose` never resolves. */
  readonly hangs?: boolean;
}

/** With a cache of compiled modules, a process starts in half the time. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'media-sessions-compiled') };
const program = new URL('./server-process.ts', import.meta.url).pathname;

/**
 * Starts a server process.
 *
 * @param wrapper A command that runs it, such as one that limits it.
 */
export async function startServer(
  kind: string,
  location: string,
  settings: ServerSettings = {},
  wrapper: readonly string[] = [],
): Promise<ServerProcess> {
  const [command = process.execPath, ...rest] = [
    ...wrapper,
    process.execPath,
    program,
    kind,
    location,
    JSON.stringify(settings),
  ];
  const child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env });
  const closed: { closed: string; events: number }[] = [];
  const failures: string[] = [];
  let ending = false;
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The server process ended before it listened')));
    child.on('message', (message: FromServer) => {
      if ('port' in message) resolve(message.port);
      else if ('closed' in message) closed.push(message);
      else failures.push(message.failure);
    });
  });
  const end = async (how: () => void) => {
    ending = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    how();
    await exit;
  };
  return {
    port,
    pid: child.pid ?? 0,
    closed,
    failures,
    get crashed() {
      return !ending && (child.exitCode !== null || child.signalCode !== null);
    },
    setAhead: (ahead) => tell(child, { ahead }),
    kill: () => end(() => child.kill('SIGKILL')),
    stop: () => end(() => tell(child, { stop: true })),
  };
}

function tell(child: ChildProcess, message: ToServer): void {
  child.send(message);
}
