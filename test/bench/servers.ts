import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Contender } from './contenders.ts';

/** A contender at work in a process of its own. */
export interface BenchServer {
  readonly name: Contender;
  readonly url: string;
  /** The CPU time it has used so far, in microseconds. */
  cpu(): Promise<number>;
  stop(): void;
}

/** Starts a contender, on the machine's last core where the system can pin it: all compete for one core. */
export async function startServer(name: Contender): Promise<BenchServer> {
  const script = new URL('./server.ts', import.meta.url).pathname;
  const pinned = process.platform === 'linux' && availableParallelism() > 1;
  const command = [
    ...(pinned ? ['taskset', '-c', String(availableParallelism() - 1)] : []),
    process.execPath,
    script,
    name,
  ];
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const port = await answerOf(child);
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    cpu() {
      const answer = answerOf(child);
      child.send('cpu');
      return answer;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

function answerOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A server ended with code ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as number); // server.ts sends no other
    });
  });
}
