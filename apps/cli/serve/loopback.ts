import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { CannotRun } from '../errors.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Tells whether an IP address is one that only this machine reaches. */
export function isLoopback(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && LOOPBACK.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/** The IP address of a host. What is checked of it holds for what is listened on. Throws a CannotRun. */
export async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch {
    throw new CannotRun(`the host ${host} has no address that is known here; --host takes one of this machine`);
  }
}
