import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { explainListenError, listen } from '../../../../apps/cli/serve/http-server.ts';
import { resolveHost } from '../../../../apps/cli/serve/ip-address.ts';
import { endAll, failsToServe, startServe } from '../../../support/cli/serve.ts';
import { listen as listenOn } from '../../../support/hosts/serve-host.ts';

afterEach(endAll);

describe('an address that media-sessions serve cannot listen on', () => {
  it('may have a port that is taken, which ends it with exit code 1', async () => {
    const other = createServer();
    const { port } = new URL(await listenOn(other));
    expect(await failsToServe(['--port', port])).toEqual({
      stdout: '',
      stderr: `media-sessions: port ${port} is taken; choose another with --port or PORT\n`,
      code: 1,
    });
    other.close();
  });

  it('may have a port that is privileged', () => {
    const error = Object.assign(new Error('listen EACCES: permission denied'), { code: 'EACCES' });
    expect(explainListenError(error, '127.0.0.1', 80)).toBe(
      'port 80 is for privileged users; choose one from 1024 on with --port or PORT',
    );
  });

  it('may be of another machine, or of a host that is unknown', async () => {
    await expect(listen({ host: '198.51.100.7', port: 0, keepAlive: 1, onTls() {} })).rejects.toMatchObject({
      name: 'CannotRun',
      message: 'the address 198.51.100.7 is not one of this machine; --host takes one that is',
    });
    await expect(resolveHost('nowhere.invalid')).rejects.toMatchObject({
      name: 'CannotRun',
      message: 'the host nowhere.invalid has no address that is known here; --host takes one of this machine',
    });
  });
});

describe('a connection to media-sessions serve', () => {
  /** How long a server says that it keeps a connection, in seconds. */
  const keepAliveOf = async ({ url }: { readonly url: string }) =>
    /timeout=(\d+)/.exec((await fetch(`${url}/healthz`)).headers.get('keep-alive') ?? '')?.[1];

  it('is kept while it is idle, for longer than the 10 seconds between pings and the 60 of balancers', async () => {
    expect(await keepAliveOf(await startServe(['--store', 'memory']))).toBe('65');
    expect(await keepAliveOf(await startServe(['--store', 'memory', '--keep-alive', '620']))).toBe('620');
  });
});
