import { isCluster, type RedisClient } from './client.ts';
import { redisCode } from './errors.ts';

/**
 * Has a client leave a server that a failover made a replica: it would stay connected, and every write would fail. The
 * server is asked to end the connection, so that the client makes another in its own way, to whatever the address leads
 * to by then. Each failure of a call is to be told. A cluster finds its masters by itself.
 */
export function leavesDemoted(client: RedisClient): (failure: unknown) => void {
  if (isCluster(client)) return () => {};
  const sendCommand = client.sendCommand as ((command: string[]) => Promise<unknown>) | undefined; // of one server
  let isLeaving = false;
  return (failure) => {
    if (isLeaving || sendCommand === undefined || redisCode(failure) !== 'READONLY') return;
    isLeaving = true;
    const done = () => {
      isLeaving = false;
    };
    sendCommand.call(client, ['QUIT']).then(done, done);
  };
}
