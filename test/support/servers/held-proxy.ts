import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

/** A way to a server that can be made to hold back what the server says. */
export interface HeldProxy {
  readonly port: number;
  /** What listens there. */
  readonly server: Server;
  /** From now on what the server says is kept, until it is released in one piece. */
  hold(): void;
  release(): void;
  /** Takes no more connections. */
  close(): void;
}

/** Passes all that comes on a port of the loopback address on to another one, and back. */
export async function startHeldProxy(target: number): Promise<HeldProxy> {
  let held: (() => void)[] | undefined;
  const proxy = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    let kept: Buffer[] = [];
    const flush = () => {
      if (kept.length > 0) near.write(Buffer.concat(kept));
      kept = [];
    };
    near.pipe(far);
    far.on('data', (bytes) => {
      kept.push(bytes);
      if (held === undefined) flush();
      else if (kept.length === 1) held.push(flush);
    });
    far.on('close', () => (held === undefined ? near.destroy() : held.push(() => near.end())));
    near.on('close', () => far.destroy());
    for (const socket of [near, far]) socket.on('error', () => {});
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  return {
    port: address && typeof address === 'object' ? address.port : 0,
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
