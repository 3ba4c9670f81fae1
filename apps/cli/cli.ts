#!/usr/bin/env node
import { runCommandLine } from './commands.ts';
import { CommandError, reasonOf } from './errors.ts';
import { singleLine } from './printable-text.ts';

/** The exit code when something was left out of the output. A failure sets another. */
const INCOMPLETE = 3;

function fail(reason: string, exitCode: number): void {
  printError(reason);
  process.exitCode = exitCode;
}

function warn(reason: string): void {
  printError(reason);
  process.exitCode ??= INCOMPLETE;
}

function printError(reason: string): void {
  process.stderr.write(`media-sessions: ${singleLine(reason)}\n`);
}

/** Resolves once the text is written, with false when no more can be. */
function print(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    process.stdout.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
      const hasSeenEnough = error?.code === 'EPIPE'; // a reader such as head
      if (error && !hasSeenEnough) fail(`cannot write the output: ${reasonOf(error)}`, 1);
      resolve(!error);
    });
  });
}

process.stderr.on('error', () => {}); // nowhere is left to report it, but the exit code still tells of a failure
process.stdout.on('error', () => {}); // or a full disk under its log would end a server; `print` hears of it too

const { isTTY: isTerminal = false, columns } = process.stdout;
try {
  for await (const text of runCommandLine(process.argv.slice(2), { isTerminal, columns, warn })) {
    if (!(await print(text))) break;
  }
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  fail(error.message, error.exitCode);
}
