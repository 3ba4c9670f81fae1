import { openConnection } from './connection.ts';

/** Load on a server, from this process. */
export interface Load {
  /** Sends so many requests, on each connection the next as soon as the answer is there. */
  send(count: number): Promise<void>;
  close(): void;
}

/** Opens connections to a server. They must not rest for long: a server closes them after five seconds. */
export async function openLoad(port: number, requests: readonly Buffer[], connections: number): Promise<Load> {
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  let sent = 0;
  return {
    async send(count) {
      const end = sent + count;
      await Promise.all(
        open.map(async (connection) => {
          while (sent < end) await connection.send(requests[sent++ % requests.length] as Buffer); // there is one at least
        }),
      );
    },
    close() {
      for (const connection of open) connection.close();
    },
  };
}
