import type { Writable } from 'node:stream';
import { singleLine } from '../../printable-text.ts';
import type { Log } from './log.ts';

/** Opens a log in lines of text or of JSON. The package behind JSON is loaded only for it. */
export async function openLog(format: 'text' | 'json', output: Writable): Promise<Log> {
  if (format === 'text') return boundedLog(output, textLog(output));
  const { jsonLog } = await import('./json-log.ts');
  return boundedLog(output, jsonLog(output));
}

/** A log in lines to read, each with its time. */
function textLog(output: Writable): Log {
  return ({ text }) => {
    const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    output.write(`${time} ${singleLine(text)}\n`);
  };
}

/** How much may wait for whoever reads the log, in bytes. */
const MAX_WAITING = 4 * 1024 * 1024;

/** The same log with bounded memory: it leaves out what comes while too much waits to be read, and says how much. */
function boundedLog(output: Writable, log: Log): Log {
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
