// A process that serves one contender. It says its port, and then when asked how much CPU time it has used.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CONTENDERS, type Contender } from './contenders/contenders.ts';
import { ownCpuTime } from './cpu-time.ts';

const listener = await CONTENDERS[process.argv[2] as Contender](); // passed by contender-process.ts
const server = createServer(listener);
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port)); // of a TCP server
process.on('message', () => process.send?.(ownCpuTime()));
process.on('disconnect', () => process.exit());
