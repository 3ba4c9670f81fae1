import { startContender } from './contender-process.ts';
import type { Contender } from './contenders/contenders.ts';
import type { CpuTime } from './cpu-time.ts';
import { openLoad } from './load.ts';
import { requestsFor, type Traffic } from './traffic.ts';

const CONNECTIONS = 8;

/** A contender that can be sent traffic. */
export interface LoadedContender {
  /**
   * Sends so many requests, and gives the CPU time of each. What the server did since the last of those before is
   * counted too: garbage is collected late.
   */
  cost(requests: number): Promise<CpuTime>;
  stop(): void;
}

/** Starts a contender. Pings are of so many sessions. */
export async function loadContender(name: Contender, traffic: Traffic, sessions: number): Promise<LoadedContender> {
  const server = await startContender(name);
  const load = await openLoad(server.port, await requestsFor(server.port, traffic, sessions), CONNECTIONS);
  let before = await server.cpuTime();
  return {
    async cost(requests) {
      await load.send(requests);
      const after = await server.cpuTime();
      const main = (after.main - before.main) / requests;
      const others = (after.others - before.others) / requests;
      before = after;
      return { main, others };
    },
    stop() {
      load.close();
      server.stop();
    },
  };
}
