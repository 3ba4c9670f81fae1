import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where PostgreSQL's server is on Debian, which keeps it out of PATH. */
const postgresVersions = '/usr/lib/postgresql';

/** The path of a program of a server, or undefined when it is not installed. */
function find(name: string): string | undefined {
  const debian = existsSync(postgresVersions)
    ? readdirSync(postgresVersions).map((version) => join(postgresVersions, version, 'bin'))
    : [];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...debian];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The path of a program that is installed. */
export function binary(name: string): string {
  const path = find(name);
  if (path === undefined) throw new Error(`${name} is not installed`);
  return path;
}

/**
 * Tells whether tests of a server must be left out since it is not installed, which they say loudly. In CI they
 * are never left out: there a server that is missing is a failure.
 */
export function isMissing(server: string, programs: readonly string[], debianPackage: string): boolean {
  const missing = programs.filter((program) => find(program) === undefined);
  if (missing.length === 0) return false;
  const sentence = `${server} is not installed (${missing.join(', ')}): apt-get install ${debianPackage}, or put it on PATH`;
  if (process.env['CI']) throw new Error(sentence);
  console.warn(`\n*** Tests are skipped: ${sentence}. ***\n`);
  return true;
}
