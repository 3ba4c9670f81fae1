import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where PostgreSQL's server is on Debian, which keeps it out of PATH. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** Finds the path of a program; undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  const debian = existsSync(POSTGRES_VERSIONS)
    ? readdirSync(POSTGRES_VERSIONS).map((version) => join(POSTGRES_VERSIONS, version, 'bin'))
    : [];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...debian];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Gives the path of a program that is installed, under the first of its names that is found. */
export function programPath(...names: readonly string[]): string {
  const path = names.map(findProgram).find((found) => found !== undefined);
  if (path === undefined) throw new Error(`${names.join(' or ')} is not installed`);
  return path;
}

/** Ends a program, unless it has ended, and resolves when it has. */
export async function endProgram(child: ChildProcess, end: () => unknown): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  end();
  await exit;
}
