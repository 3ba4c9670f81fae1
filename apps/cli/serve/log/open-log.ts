import type { Writable } from 'node:stream';
import { singleLine } from '../../printable-text.ts';
import { jsonLog } from './json-log.ts';
import { boundedLog, type Log, type OpenLog, thinnedLog } from './log.ts';

/** Opens a log in lines of text or of JSON. */
export function openLog(format: 'text' | 'json', output: Writable): OpenLog {
  return thinnedLog(boundedLog(output, format === 'text' ? textLog(output) : jsonLog(output)));
}

/** A log in lines to read, each with its time. */
function textLog(output: Writable): Log {
  return ({ text }) => {
    const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    output.write(`${time} ${singleLine(text)}\n`);
  };
}
