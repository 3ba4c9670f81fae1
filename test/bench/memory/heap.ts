import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc'); // a context made before the flag has none

/** The bytes that this process keeps alive, in its heap and beside it. */
export function bytesAlive(): number {
  collectGarbage();
  collectGarbage(); // what the first had to finish later
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
