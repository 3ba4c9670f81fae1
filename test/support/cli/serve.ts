import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const cli = new URL('../../../dist/cli.js', import.meta.url).pathname;

/** A run of `media-sessions serve`, as a user would start it, in a folder of its own. */
export interface ServeRun {
  readonly child: ChildProcess;
  readonly folder: string;
  stdout(): string;
  stderr(): string;
  /** Waits for the standard output to match, and gives the match. */
  prints(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code, or the signal that ended it. */
  readonly exit: Promise<number | string | null>;
}

/** A run that listens. */
export interface RunningServer extends ServeRun {
  readonly url: string;
  /** Sends an event, or a start, to a path of the API. */
  post(path: string, body: unknown): Promise<Response>;
  /** Starts a session and gives its path. */
  start(body?: unknown): Promise<string>;
}

export type Environment = Readonly<Record<string, string>>;

const running: ServeRun[] = [];

/** Ends what a test left running. */
export async function endAll(): Promise<void> {
  for (const { child, exit, folder } of running.splice(0)) {
    child.kill('SIGKILL');
    await exit;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs `media-sessions serve`. The environment has nothing but what is given, and what a program needs. */
export function runServe(args: readonly string[], env: Environment = {}, program = cli): ServeRun {
  const folder = mkdtempSync(join(tmpdir(), 'serve-'));
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [program, 'serve', ...args], { cwd: folder, env: { PATH, ...env } });
  let stdout = '';
  let stderr = '';
  let hasEnded = false;
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const exit = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => {
      hasEnded = true; // and all it wrote has come
      resolve(code ?? signal);
    });
  });
  const run: ServeRun = {
    child,
    folder,
    stdout: () => stdout,
    stderr: () => stderr,
    exit,
    async prints(pattern) {
      const end = performance.now() + 50_000;
      for (;;) {
        const match = pattern.exec(stdout);
        if (match) return match;
        if (performance.now() > end || hasEnded) {
          const state = hasEnded ? `which ended (${await exit})` : 'which goes on';
          throw new Error(`Expected ${pattern} in the output of ${child.pid}, ${state}:\n${stdout}${stderr}`);
        }
        await sleep(10);
      }
    },
  };
  running.push(run);
  return run;
}

/** Starts a server on a free port, and waits until it listens. */
export async function startServe(args: readonly string[] = [], env: Environment = {}): Promise<RunningServer> {
  const anyPort = args.includes('--port') || 'PORT' in env || 'MEDIA_SESSIONS_PORT' in env ? [] : ['--port', '0'];
  const run = runServe([...anyPort, ...args], env);
  const [url = ''] = await run.prints(/http:\/\/[^"/\s,]+/);
  const post = (path: string, body: unknown) =>
    fetch(url + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  return {
    ...run,
    url,
    post,
    async start(body = start) {
      const response = await post('/api/v1/sessions', body);
      if (response.status !== 201) throw new Error(`A start got ${response.status}: ${await response.text()}`);
      return response.headers.get('location') ?? '';
    },
  };
}

const start = {
  eventType: 'sessionStart',
  playerTime: { playhead: 0, ts: 1_768_471_260_000 },
  params: { 'media.id': 'id-1', 'media.contentType': 'vod', 'media.length': 60, 'media.name': 'A film' },
};

/** Ends a server as an operator does, and gives its exit code. */
export async function stop(
  { child, exit }: ServeRun,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<number | string | null> {
  child.kill(signal);
  return exit;
}

/** What `media-sessions serve` says when it does not start. */
export async function failsToServe(args: readonly string[], env: Environment = {}, program?: string) {
  const run = runServe(args, env, program);
  const code = await run.exit;
  return { code, stdout: run.stdout(), stderr: run.stderr() };
}
