import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { portOf } from './ports.ts';

/** A proxy of a server that holds back what the server says while it is told to. */
export interface HeldProxy {
  readonly port: number;
  readonly server: Server;
  /** Holds what the server says from now on, until it is released in one piece. */
  hold(): void;
  release(): void;
  /** Takes no more connections. */
  close(): void;
}

/** Starts a proxy of a server on the loopback address. */
export async function startHeldProxy(serverPort: number): Promise<HeldProxy> {
  let held: (() => void)[] | undefined;
  const proxy = createServer((near) => {
    const far = connect(serverPort, '127.0.0.1');
    let buffered: Buffer[] = [];
    const flush = () => {
      if (buffered.length > 0) near.write(Buffer.concat(buffered));
      buffered = [];
    };
    near.pipe(far);
    far.on('data', (bytes) => {
      buffered.push(bytes);
      if (held === undefined) flush();
      else if (buffered.length === 1) held.push(flush);
    });
    far.on('close', () => (held === undefined ? near.destroy() : held.push(() => near.end())));
    near.on('close', () => far.destroy());
    for (const socket of [near, far]) socket.on('error', () => {});
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: portOf(proxy),
    server: proxy,
    hold() {
      held = [];
    },
    release() {
      const all = held ?? [];
      held = undefined;
      for (const flush of all) flush();
    },
    close: () => void proxy.close(),
  };
}
