/** Something that happened: as a sentence to read, and as fields for a program. */
export interface LogRecord {
  readonly level: 'info' | 'warn' | 'error';
  /** What happened, in a few words: `session started`. */
  readonly message: string;
  /** All there is to know of it, for one line. It may hold control characters that a client sent. */
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Writes a record, as one line without control characters. It waits for nothing and never fails. */
export type Log = (record: LogRecord) => void;
