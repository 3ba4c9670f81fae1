import type { Writable } from 'node:stream';
import { pino } from 'pino';
import { escapeControls } from '../../printable-text.ts';
import type { Log } from './log.ts';

/** A log in lines of JSON. */
export function jsonLog(output: Writable): Log {
  const logger = pino(
    {
      base: null,
      formatters: { level: (level) => ({ level }) },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    { write: (line) => output.write(`${escapeControls(line.trimEnd())}\n`) },
  );
  return ({ level, message, fields }) => logger[level](fields, message);
}
