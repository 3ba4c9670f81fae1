import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import type { MediaSession, StoredEvent } from '../../src/session/session.ts';
import { isObject } from '../../src/wire/problems.ts';
import { BadInput } from './bad-input.ts';
import { sessionsOfRecording } from './recording.ts';
import { sessionsOfSqliteFile } from './sqlite-file.ts';
import { sessionsOfLines } from './stored-lines.ts';

/** A session and its events in the order of arrival, as a store gives them back. */
export interface RecordedSession {
  readonly session: MediaSession;
  readonly events: readonly StoredEvent[];
}

/** By the first bytes of every SQLite file (sqlite.org/fileformat.html). */
function isSqlite(content: string): boolean {
  return content.startsWith('SQLite format 3\0');
}

/** The sessions in a file, or in the standard input when it is `-`. Throws a BadInput that names the file. */
export async function readSessions(file: string): Promise<readonly RecordedSession[]> {
  try {
    const content = await read(file);
    const sessions = isSqlite(content) && file !== '-' ? await sessionsOfSqliteFile(file) : sessionsIn(content);
    if (sessions.length === 0) throw new BadInput('there is no session in it');
    return sessions;
  } catch (error) {
    if (error instanceof BadInput) throw new BadInput(`cannot read ${file}: ${error.message}`);
    throw error;
  }
}

async function read(file: string): Promise<string> {
  try {
    return await (file === '-' ? textOf(process.stdin) : readFile(file, 'utf8'));
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new BadInput(message.replace(`${code}: `, '').replace(/, \w+( '.*')?$/, '')); // as in ENOENT: ..., open '...'
  }
}

function sessionsIn(content: string): readonly RecordedSession[] {
  if (isSqlite(content)) throw new BadInput('a SQLite file is read by its name, not from the standard input');
  const text = content.replace(/^\uFEFF/, '');
  const whole = parsed(text);
  if ('error' in whole && /^\s*\[/.test(text)) throw new BadInput(`it is not JSON: ${whole.error}`);
  if (Array.isArray(whole.value)) return sessionsOfRecording(whole.value);
  if (isObject(whole.value) && Array.isArray(whole.value['requests']))
    return sessionsOfRecording(whole.value['requests']);
  return sessionsOfLines(text);
}

function parsed(text: string): { readonly value?: unknown; readonly error?: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: (error as SyntaxError).message };
  }
}
