import { spawn } from 'node:child_process';
import { eventually } from '../../support/eventually.ts';
import { freePorts } from '../../support/servers/ports.ts';

const CLI = new URL('../../../dist/cli.js', import.meta.url).pathname;

/** `media-sessions serve` at work, its log thrown away. */
export interface ServeProcess {
  readonly port: number;
  stop(): void;
}

/** Starts `media-sessions serve` with a store, as `--store` names it. */
export async function startServe(store: string): Promise<ServeProcess> {
  const [port = 0] = await freePorts(1);
  const child = spawn(process.execPath, [CLI, 'serve', '--port', String(port), '--store', store], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await eventually(() => fetch(`http://127.0.0.1:${port}/healthz`));
  return { port, stop: () => void child.kill('SIGKILL') };
}
