import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotRun, reasonOf } from '../errors.ts';

/** A server that listens. */
export interface HttpServer {
  readonly port: number;
  /** Passes requests on. To be called at once: the first may come with the next turn of the event loop. */
  serve(listener: RequestListener): void;
  /**
   * Takes no more connections, and resolves once the requests in flight are answered. What is not after `timeout`
   * milliseconds is cut off.
   */
  close(timeout: number): Promise<void>;
}

/** How long a server that closes waits for a connection that was made and not used yet, in milliseconds. */
const UNUSED_TIMEOUT = 500;

/** In how many turns of the event loop a connection that was accepted has its first bytes read, with one to spare. */
const TURNS_TO_READ = 3;
/** How long a server that closes goes on accepting what waits, in milliseconds: one connection a turn, and more may come. */
const READ_TIMEOUT = 500;

/** How a server listens. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** How long a connection may be idle, in milliseconds. */
  readonly keepAlive: number;
  /** Called for each connection that speaks TLS, which is cut. */
  onTls(): void;
}

/** Node's own limit on a whole request, and on its headers, in milliseconds. */
const REQUEST_TIMEOUT = 300_000;
const HEADERS_TIMEOUT = 60_000;

/** Listens on an address. Throws a CannotRun. */
export async function listen({ host, port, keepAlive, onTls }: ListenOptions): Promise<HttpServer> {
  const sockets = new Set<Socket>();
  const inFlight = new Set<ServerResponse>();
  let closing = false;
  let accepted = 0;

  // The headers have longer than a connection may be idle before them, and the request as long as they have.
  const headersTimeout = Math.max(HEADERS_TIMEOUT, keepAlive + 1000);
  const requestTimeout = Math.max(REQUEST_TIMEOUT, headersTimeout);
  const server = createServer({ keepAliveTimeout: keepAlive, headersTimeout, requestTimeout }, (_, res) => {
    inFlight.add(res);
    res.once('close', () => inFlight.delete(res));
    if (closing) res.setHeader('Connection', 'close');
  });
  server.on('connection', (socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      if (spokeTls(socket)) onTls();
    });
  });

  await new Promise<void>((resolve, reject) => {
    // The listener stays: a server that listens goes on when there is no file descriptor for a connection.
    server.on('error', (error) => reject(new CannotRun(explainListenError(error, host, port))));
    server.listen(port, host, resolve);
  });

  /**
   * Resolves once what had been written to the connections, those that wait to be accepted among them, is read. A
   * connection with an unread request would pass for an idle one and be cut.
   */
  async function readWhatWasWritten(timeout: number): Promise<void> {
    const end = performance.now() + timeout;
    for (let known = accepted, turns = 0; turns < TURNS_TO_READ && performance.now() < end; known = accepted) {
      await new Promise((resolve) => setImmediate(resolve));
      turns = accepted > known ? 0 : turns + 1;
    }
  }

  return {
    port: (server.address() as AddressInfo).port, // of a TCP server that listens
    serve: (listener) => void server.on('request', listener),
    async close(timeout) {
      closing = true;
      for (const res of inFlight) if (!res.headersSent) res.setHeader('Connection', 'close');
      await readWhatWasWritten(Math.min(READ_TIMEOUT, timeout));
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const timers = new AbortController();
      const cutUnused = sleep(Math.min(UNUSED_TIMEOUT, timeout), undefined, timers).then(() => {
        for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      });
      const cutAll = sleep(timeout, undefined, timers).then(() => server.closeAllConnections());
      await closed;
      timers.abort();
      await Promise.allSettled([cutUnused, cutAll]);
    },
  };
}

/** The first byte of a TLS handshake (RFC 8446, 5.1). */
const TLS_HANDSHAKE = 0x16;

/** Tells whether a connection ended because what came on it was TLS and not HTTP. */
function spokeTls({ errored }: Socket): boolean {
  const { rawPacket } = (errored ?? {}) as { readonly rawPacket?: Uint8Array }; // what node:http could not parse
  return rawPacket?.[0] === TLS_HANDSHAKE;
}

/** Says what to do about a port or an address that cannot be listened on. */
export function explainListenError(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} is taken; choose another with --port or PORT`;
    case 'EACCES':
      return `port ${port} is for privileged users; choose one from 1024 on with --port or PORT`;
    case 'EADDRNOTAVAIL':
      return `the address ${host} is not one of this machine; --host takes one that is`;
    default:
      return `cannot listen on ${host}, port ${port}: ${reasonOf(error)}`;
  }
}
