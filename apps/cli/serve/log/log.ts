import type { Writable } from 'node:stream';
import { singleLine } from '../../printable-text.ts';

/** Something that happened: as a sentence to read, and as fields for a program. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  /** What happened, in the same words each time: `session started`. */
  readonly message: string;
  /** All there is to know of it in a line. Control characters in it do no harm. */
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Takes what happened. It waits for nothing and never fails. */
export type Log = (entry: LogLine) => void;

/** A log in lines to read, each with its time. */
export function textLog(output: Writable): Log {
  return bounded(output, ({ text }) =>
    output.write(`${new Date().toISOString().replace(/\.\d+Z$/, 'Z')} ${singleLine(text)}\n`),
  );
}

/** How much may wait for whoever reads the log, in bytes. */
const MAX_WAITING = 4 * 1024 * 1024;

/** The same log, which leaves out what comes when too much waits to be read, so that memory is bounded, and says so. */
export function bounded(output: Writable, log: Log): Log {
  let lost = 0;
  return (entry) => {
    if (output.writableLength >= MAX_WAITING) {
      lost += 1;
      return;
    }
    if (lost > 0) {
      const text = `${lost} lines were left out here, since nobody read them`;
      log({ level: 'warn', message: 'lines left out', text, fields: { lines: lost } });
      lost = 0;
    }
    log(entry);
  };
}
