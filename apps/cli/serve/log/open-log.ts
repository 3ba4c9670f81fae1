import type { Writable } from 'node:stream';
import { singleLine } from '../../printable-text.ts';
import { boundedLog, type Log } from './log.ts';

/** Opens a log of a format. The package behind JSON is loaded only for it. */
export async function openLog(format: 'text' | 'json', output: Writable): Promise<Log> {
  if (format === 'text') return textLog(output);
  const { jsonLog } = await import('./json-log.ts');
  return jsonLog(output);
}

/** A log in lines to read, each with its time. */
function textLog(output: Writable): Log {
  return boundedLog(output, ({ text }) => {
    const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    output.write(`${time} ${singleLine(text)}\n`);
  });
}
