import { open, readFile, stat } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { isObject } from '../../../src/common/json.ts';
import type { MediaSession, StoredEvent } from '../../../src/session/session.ts';
import { BadInput, reasonOf } from '../errors.ts';
import { sessionsOfRecording } from './recording.ts';
import { openSqliteFile } from './sqlite-file.ts';
import { sessionsOfLines } from './stored-lines.ts';

/** A session and its events in the order of arrival, as a store gives them back. */
export interface InputSession {
  readonly session: MediaSession;
  readonly events: readonly StoredEvent[];
}

/** The sessions of a file that is read as a whole, and what of it had to be left out. */
export interface InputSessions {
  readonly sessions: readonly InputSession[];
  /** Each says a place in the file and what is wrong there. */
  readonly faults: readonly string[];
}

/** What the command line is given. Each session is read when it is asked for: a store has more than fit into memory. */
export interface Input {
  /** What of the input was left out: each says a place in it and what is wrong there. */
  readonly faults: readonly string[];
  /** The ids of all, the oldest first. */
  sids(): Promise<readonly string[]>;
  read(sid: string): Promise<InputSession | undefined>;
  close(): void;
}

/** The first bytes of every SQLite file (sqlite.org/fileformat2.html). */
const SQLITE = 'SQLite format 3\0';

/** Opens a file, or the standard input when it is `-`. It and what it gives throw a BadInput that names the file. */
export async function openInput(file: string): Promise<Input> {
  const naming = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof BadInput) throw new BadInput(`cannot read ${file}: ${error.message}`);
      throw error;
    }
  };
  const input = await naming(async () =>
    file !== '-' && (await isSqlite(file)) ? openSqliteFile(file) : inMemory(sessionsIn(await read(file))),
  );
  return {
    faults: input.faults,
    sids: () =>
      naming(async () => {
        const sids = await input.sids();
        if (sids.length === 0) throw new BadInput('there is no session in it');
        return sids;
      }),
    read: (sid) => naming(() => input.read(sid)),
    close: input.close,
  };
}

/** By its first bytes alone: the file may be large. */
async function isSqlite(file: string): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile()) return false; // a pipe gives its first bytes only once
    const handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SQLITE.length)).finally(() => handle.close());
    return buffer.toString('latin1', 0, bytesRead) === SQLITE;
  } catch (error) {
    throw new BadInput(reasonOf(error));
  }
}

async function read(file: string): Promise<string> {
  try {
    return await (file === '-' ? textOf(process.stdin) : readFile(file, 'utf8'));
  } catch (error) {
    throw new BadInput(reasonOf(error));
  }
}

/** Throws a BadInput when all there is was left out. */
function inMemory({ sessions, faults }: InputSessions): Input {
  const [first] = faults;
  if (sessions.length === 0 && first !== undefined) {
    throw new BadInput(faults.length === 1 ? first : `${first}; that is the first of ${faults.length} faults`);
  }
  const bySid = new Map(sessions.map((each) => [each.session.sid, each]));
  return { faults, sids: async () => [...bySid.keys()], read: async (sid) => bySid.get(sid), close() {} };
}

function sessionsIn(content: string): InputSessions {
  if (content.startsWith(SQLITE)) throw new BadInput('a SQLite file is read by its name, not from the standard input');
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
