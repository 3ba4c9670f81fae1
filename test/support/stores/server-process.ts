import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProgram } from '../servers/programs.ts';

/** What a server process tells. */
export type FromServer =
  | { readonly port: number }
  | { readonly closed: Closed }
  | { readonly failure: string }
  | { readonly slowest: number }
  | { readonly wellAfter: number };

/** What a server process is told. */
export type ToServer = { readonly ahead: number } | { readonly watch: true } | { readonly stop: true };

/** A session that was closed, and how many events it had. */
interface Closed {
  readonly sid: string;
  readonly events: number;
}

/** A server over one store, in a process of its own. */
export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  /** The sessions whose close was delivered to it, in that order. */
  readonly closed: readonly Closed[];
  readonly failures: readonly string[];
  /** The longest it took to answer, in milliseconds of its own clock. */
  readonly slowest: number;
  /** Rejects when it ends by itself. */
  readonly crash: Promise<never>;
  /** Waits until all is acknowledged again, and gives how long that took, in milliseconds of its own clock. */
  untilWell(): Promise<number>;
  /** Sets how far its clock is ahead, in milliseconds. */
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
  /** Whether its `onSessionClose` never resolves. */
  readonly hangs?: boolean;
}

/** With a cache of compiled modules, a process starts in half the time. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'media-sessions-compiled') };
const program = new URL('./server-program.ts', import.meta.url).pathname;

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
  const closed: Closed[] = [];
  const failures: string[] = [];
  let slowest = 0;
  let ending = false;
  let isListening: (port: number) => void;
  let isWell: (after: number) => void;
  const listening = new Promise<number>((resolve) => {
    isListening = resolve;
  });
  const crash = new Promise<never>((_, reject) => {
    child.once('exit', () => ending || reject(new Error('The server process ended by itself')));
  });
  crash.catch(() => {}); // for those who do not look at it
  child.on('message', (message: FromServer) => {
    if ('port' in message) isListening(message.port);
    else if ('closed' in message) closed.push(message.closed);
    else if ('failure' in message) failures.push(message.failure);
    else if ('slowest' in message) slowest = message.slowest;
    else isWell(message.wellAfter);
  });
  const port = await Promise.race([listening, crash]);
  const end = (how: () => void) => {
    ending = true;
    return endProgram(child, how);
  };
  return {
    port,
    pid: child.pid ?? 0,
    closed,
    failures,
    crash,
    get slowest() {
      return slowest;
    },
    untilWell() {
      const well = new Promise<number>((resolve) => {
        isWell = resolve;
      });
      tell(child, { watch: true });
      return well;
    },
    setAhead: (ahead) => tell(child, { ahead }),
    kill: () => end(() => child.kill('SIGKILL')),
    stop: () => end(() => tell(child, { stop: true })),
  };
}

function tell(child: ChildProcess, message: ToServer): void {
  child.send(message);
}
