import type { Writable } from 'node:stream';
import { escapeControls } from '../../printable-text.ts';
import type { Log } from './log.ts';

/** A log in lines of JSON, with the keys that pino writes and that readers of such logs know. */
export function jsonLog(output: Writable): Log {
  return ({ level, message, fields }) => {
    const line = JSON.stringify({ level, time: new Date().toISOString(), ...fields, msg: message });
    output.write(`${escapeControls(line)}\n`);
  };
}
