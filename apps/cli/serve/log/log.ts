import type { Writable } from 'node:stream';
import { thinned } from '../../../../src/common/thinned.ts';

/** Something that happened: as a sentence to read, and as fields for a program. */
export interface LogRecord {
  readonly level: 'info' | 'warn' | 'error';
  /** What happened, in a few words: `session started`. */
  readonly message: string;
  /** All there is to know of it, for one line. It may hold control characters that a client sent. */
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** What it is counted with in a flood, where a client or an outage can make one. There are few of these. */
  readonly kind?: string;
}

/** Writes a record, as one line without control characters. It waits for nothing and never fails. */
export type Log = (record: LogRecord) => void;

/** How much may wait for whoever reads the log, in bytes. */
const MAX_WAITING = 4 * 1024 * 1024;

/** The same log with bounded memory: it leaves out what comes while too much waits to be read, and says how much. */
export function boundedLog(output: Writable, log: Log): Log {
  let lost = 0;
  return (record) => {
    if (output.writableLength >= MAX_WAITING) {
      lost += 1;
      return;
    }
    if (lost > 0) {
      const text = `${lost} lines were left out here, since nobody read them`;
      log({ level: 'warn', message: 'lines left out', text, fields: { lines: lost } });
      lost = 0;
    }
    log(record);
  };
}

/** A log that is told when no more comes. */
export interface OpenLog {
  readonly log: Log;
  /** Writes what was only counted so far. */
  flush(): void;
}

/** The same log with a line a second for what comes in floods, which says how many it stands for. */
export function thinnedLog(log: Log): OpenLog {
  const lines = thinned<LogRecord>((record, count) =>
    log(
      count === 1
        ? record
        : { ...record, text: `${count} in a second, the last: ${record.text}`, fields: { ...record.fields, count } },
    ),
  );
  return {
    log: (record) => (record.kind === undefined ? log(record) : lines.add(record.kind, record)),
    flush: lines.flush,
  };
}
