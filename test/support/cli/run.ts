import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

const cli = new URL('../../../dist/cli.js', import.meta.url).pathname;

/** What a run of the command line left behind. Its output is a pipe, so no terminal. */
export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Runs the built command line, as a user would. */
export async function run(args: readonly string[], input = '', env = process.env): Promise<Run> {
  const child = spawn(process.execPath, [cli, ...args], { env });
  child.stdin.end(input);
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { stdout, stderr, code };
}
