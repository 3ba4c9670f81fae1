import { createClient } from 'redis';
import { redisStore } from '../../../adapters/stores/redis/store.ts';
import { startRedis } from '../../support/servers/redis.ts';
import { printTitle } from '../figures.ts';
import { compareRates, rateOf } from './rates.ts';
import { LARGE, NOW, pinger, start } from './sessions.ts';

type Client = ReturnType<typeof createClient>;

export async function benchRedis(): Promise<void> {
  printTitle('Redis, appendfsync everysec');
  const settings = { appendfsync: 'everysec', 'auto-aof-rewrite-percentage': '0' };
  const server = await startRedis(settings);
  const largeServer = await startRedis(settings);
  try {
    await compare(createClient({ url: server.url }), createClient({ url: largeServer.url }));
  } finally {
    await Promise.all([server.remove(), largeServer.remove()]);
  }
}

async function compare(client: Client, largeClient: Client): Promise<void> {
  await Promise.all([client.connect(), largeClient.connect()]);
  const store = redisStore(client);
  const large = redisStore(largeClient);
  const ping = await pinger(store);
  await compareRates(
    'pings to PING',
    rateOf(ping),
    rateOf(() => client.ping()),
  );
  const pingLarge = await pinger(large);
  await fill(largeClient);
  await compareRates('pings: a large store to a small one', rateOf(pingLarge), rateOf(ping));
  await compareRates(
    'the same by CPU time, of Redis and this process',
    rateOf(pingLarge, { clock: cpuTimeWith(largeClient) }),
    rateOf(ping, { clock: cpuTimeWith(client) }),
  );
  await Promise.all([store.close(), large.close()]);
  for (const each of [client, largeClient]) each.destroy();
}

/** Adds as many sessions as the store keeps them, a tenth at a time, since Redis does nothing else meanwhile. */
async function fill(client: Client): Promise<void> {
  const row = `${NOW} ${NOW} idle ${NOW} 0 settled\n${JSON.stringify(start.event)}`;
  for (let tenth = 0; tenth < 10; tenth++) {
    await client.withCommandOptions({ timeout: 60_000 }).eval(
      `for i = 1, ${LARGE / 10} do
        local sid = redis.sha1hex(ARGV[1] .. i)
        redis.call('rpush', 'x:{' .. sid .. '}', '${NOW} ', ARGV[2], ARGV[2], ARGV[2])
        redis.call('pexpire', 'x:{' .. sid .. '}', 86400000)
      end`,
      { keys: [], arguments: [`${tenth}-`, row] },
    );
  }
}

/** What Redis and this process have worked, in milliseconds. A rate also has how well the two work at the same time. */
function cpuTimeWith(client: Client): () => Promise<number> {
  return async () => {
    const own = process.cpuUsage();
    let seconds = (own.user + own.system) / 1e6;
    for (const [, ofRedis] of (await client.info('cpu')).matchAll(/^used_cpu_(?:sys|user):(\S+)/gm)) {
      seconds += Number(ofRedis);
    }
    return seconds * 1000;
  };
}
