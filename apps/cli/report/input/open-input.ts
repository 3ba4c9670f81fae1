import { open, readFile, stat } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { isObject } from '../../../../src/common/json.ts';
import { BadInput, reasonOf } from '../../errors.ts';
import type { Input, InputSessions } from './input.ts';
import { sessionsOfRecording } from './recording.ts';
import { openSqliteFile } from './sqlite-file.ts';
import { sessionsOfLines } from './stored-lines.ts';

/** The first bytes of every SQLite file (sqlite.org/fileformat2.html). */
const SQLITE_HEADER = 'SQLite format 3\0';

/** Opens a file, or the standard input for `-`. It and the methods of the input throw a BadInput that names the file. */
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
    file !== '-' && (await isSqlite(file)) ? openSqliteFile(file) : inMemory(parseSessions(await readText(file))),
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

/** Tells a SQLite file by its first bytes alone: it may be large. */
async function isSqlite(file: string): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile()) return false; // a pipe gives its first bytes only once
    const handle = await open(file);
    const header = Buffer.alloc(SQLITE_HEADER.length);
    const { bytesRead } = await handle.read(header).finally(() => handle.close());
    return header.toString('latin1', 0, bytesRead) === SQLITE_HEADER;
  } catch (error) {
    throw new BadInput(reasonOf(error));
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await (file === '-' ? textOf(process.stdin) : readFile(file, 'utf8'));
  } catch (error) {
    throw new BadInput(reasonOf(error));
  }
}

/** Reads a text in whichever of the formats it is. */
function parseSessions(content: string): InputSessions {
  if (content.startsWith(SQLITE_HEADER)) {
    throw new BadInput('a SQLite file is read by its name, not from the standard input');
  }
  const text = content.replace(/^\uFEFF/, '');
  const { value, error } = parseWhole(text);
  if (error !== undefined && /^\s*\[/.test(text)) throw new BadInput(`it is not JSON: ${error}`);
  if (Array.isArray(value)) return sessionsOfRecording(value);
  if (isObject(value) && Array.isArray(value['requests'])) return sessionsOfRecording(value['requests']);
  return sessionsOfLines(text);
}

function parseWhole(text: string): { readonly value?: unknown; readonly error?: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: (error as SyntaxError).message };
  }
}

/** An input that was read as a whole. Throws a BadInput when all there is was left out. */
function inMemory({ sessions, faults }: InputSessions): Input {
  const [first] = faults;
  if (sessions.length === 0 && first !== undefined) {
    throw new BadInput(faults.length === 1 ? first : `${first}; that is the first of ${faults.length} faults`);
  }
  const bySid = new Map(sessions.map((each) => [each.session.sid, each]));
  return { faults, sids: async () => [...bySid.keys()], read: async (sid) => bySid.get(sid), close() {} };
}
