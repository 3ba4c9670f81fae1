// A process that serves one contender and tells, when asked, how much CPU time it has used.
import type { AddressInfo } from 'node:net';
import { type Contender, serverOf } from './contenders.ts';

const server = await serverOf(process.argv[2] as Contender); // passed by servers.ts
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
