import type { Writable } from 'node:stream';
import { pino } from 'pino';
import { bounded, type Log } from './log.ts';

/** A log in lines of JSON. */
export function jsonLog(output: Writable): Log {
  const logger = pino(
    {
      base: null,
      formatters: { level: (level) => ({ level }) },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    { write: (line) => output.write(escapeControls(line)) },
  );
  return bounded(output, ({ level, message, fields }) => logger[level](fields, message));
}

/** JSON escapes the control characters of ASCII by itself; a terminal, or a reader of lines, obeys more than those. */
function escapeControls(line: string): string {
  const escaped = line.trimEnd().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeUnits);
  return `${escaped}\n`;
}

function escapeUnits(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
