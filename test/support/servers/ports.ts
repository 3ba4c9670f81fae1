import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

/** Finds ports of the loopback address that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map(portOf);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** Reads the port that a server listens on. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // of a TCP server that listens
}
