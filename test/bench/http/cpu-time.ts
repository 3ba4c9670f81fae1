import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** CPU time, in microseconds. */
export interface CpuTime {
  /** Of the thread that runs JavaScript. */
  readonly main: number;
  /** Of all other threads: they collect garbage and compile. */
  readonly others: number;
}

/** Tells whether the system counts the CPU time of each thread to the nanosecond, as Linux does. */
export function hasSchedstat(): boolean {
  return existsSync('/proc/self/schedstat');
}

/** What a process has used, by the first number in the schedstat of each of its threads, which is in nanoseconds. */
export function cpuTimeOf(pid: number): CpuTime {
  let main = 0;
  let others = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const used = Number.parseInt(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'), 10) / 1000;
    if (thread === String(pid)) main += used;
    else others += used;
  }
  return { main, others };
}

/** What this process has used, as any system counts it. */
export function ownCpuTime(): CpuTime {
  const all = process.cpuUsage();
  const thread = process.threadCpuUsage();
  const main = thread.user + thread.system;
  return { main, others: all.user + all.system - main };
}
