import type { Writable } from 'node:stream';
import { singleLine } from '../../printable-text.ts';
import { boundedLog, type Log, type OpenLog, thinnedLog } from './log.ts';

/** Opens a log in lines of text or of JSON. The package behind JSON is loaded only for it. */
export async function openLog(format: 'text' | 'json', output: Writable): Promise<OpenLog> {
  if (format === 'text') return thinnedLog(boundedLog(output, textLog(output)));
  const { jsonLog } = await import('./json-log.ts');
  return thinnedLog(boundedLog(output, jsonLog(output)));
}

/** A log in lines to read, each with its time. */
function textLog(output: Writable): Log {
  return ({ text }) => {
    const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    output.write(`${time} ${singleLine(text)}\n`);
  };
}
