import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportCommand } from '../../../apps/cli/report/command.ts';
import type { SessionReport } from '../../../src/index.ts';

/** What `media-sessions report` printed, and what it said that it left out. */
export interface ReportRun {
  readonly stdout: string;
  readonly warnings: readonly string[];
}

/** Runs `media-sessions report` in this process, with a pipe for its output unless a terminal is given. */
export async function runReport(args: readonly string[], columns?: number): Promise<ReportRun> {
  let stdout = '';
  const warnings: string[] = [];
  const output = { isTerminal: columns !== undefined, columns, warn: (reason: string) => void warnings.push(reason) };
  for await (const text of reportCommand.run(args, output)) stdout += text;
  return { stdout, warnings };
}

/** The reports that are printed as JSON of a file that has no faults. */
export async function reportsOf(file: string, ...options: readonly string[]): Promise<SessionReport[]> {
  const { stdout, warnings } = await runReport([file, ...options]);
  if (warnings.length > 0) throw new Error(`Expected no warning, got: ${warnings.join('\n')}`);
  return parseReports(stdout);
}

/** What is reported of a file with faults: how many events each session has, and what is said of the rest. */
export async function outcomeOf(file: string) {
  const { stdout, warnings } = await runReport([file]);
  const prefix = `left out of ${file}: `;
  return {
    sessions: Object.fromEntries(parseReports(stdout).map(({ sid, eventCount }) => [sid, eventCount])),
    faults: warnings.map((warning) => (warning.startsWith(prefix) ? warning.slice(prefix.length) : warning)),
  };
}

function parseReports(stdout: string): SessionReport[] {
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as SessionReport]));
}

let folder: string | undefined;

/** Writes a file of a text, or of lines of JSON, and gives its path. */
export function writeInput(content: string | readonly unknown[]): string {
  folder ??= mkdtempSync(join(tmpdir(), 'report-'));
  const path = join(folder, `${readdirSync(folder).length}.txt`);
  const lines = typeof content === 'string' ? content : content.map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(path, lines);
  return path;
}

/** Removes the files that a test wrote. */
export function removeInputs(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
}

/** A recorded request: a start, or, with an id, an event of that session. */
export function recordedRequest(atMs: number, body: unknown, sid?: string) {
  const path = sid === undefined ? '/api/v1/sessions' : `/api/v1/sessions/${sid}/events`;
  return { method: 'POST', path, headers: {}, body, atMs };
}
