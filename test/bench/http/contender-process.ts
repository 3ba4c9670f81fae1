import { type ChildProcess, spawn } from 'node:child_process';
import type { Contender } from './contenders/contenders.ts';
import { type CpuTime, cpuTimeOf, hasSchedstat } from './cpu-time.ts';

/** A contender at work in a process of its own. */
export interface ContenderProcess {
  readonly name: Contender;
  readonly port: number;
  cpuTime(): Promise<CpuTime>;
  stop(): void;
}

export async function startContender(name: Contender): Promise<ContenderProcess> {
  const script = new URL('./server.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, name], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return {
    name,
    port: await answerOf<number>(child),
    async cpuTime() {
      if (hasSchedstat()) return cpuTimeOf(child.pid ?? 0); // a process that has answered has an id
      child.send('cpuTime');
      return answerOf<CpuTime>(child);
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

/** The next message of a server. */
function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A server ended with code ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Answer); // server.ts sends no other
    });
  });
}
