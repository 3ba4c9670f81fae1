import { parseArgs } from 'node:util';
import { explainReport } from '../../src/report/explain.ts';
import { sessionReport } from '../../src/report/report.ts';
import { BadInput } from './bad-input.ts';
import { type RecordedSession, readSessions } from './input.ts';
import { textReport } from './text-report.ts';

const USAGE = `Usage: media-sessions report <file> [--sid <sid>]... [--json | --text]

Prints a report of each session in the file:
  as a timeline to read (--text), when the output is a terminal;
  as JSON, a report a line (--json), when it is not.

The file, or - for the standard input, is one of
  a recording: a JSON array of requests { method, path, headers, body, atMs }. The n-th start in it
    opened the session that later paths call {sid1}, {sid2} ..., or {sid} when it is the only one;
  stored events: a line of JSON each, { sid, event, receivedAt };
  stored sessions: a line of JSON each, { session, events }, as onSessionClose gets them;
  a file of sqliteStore, which is only read.
All are in the order of arrival. atMs and receivedAt are milliseconds by the server's clock.
Every session is taken as closed.

Options:
  --sid <sid>   only this session; may be given several times
  --json        JSON, also on a terminal
  --text        the timeline, also into a file or a pipe
  -h, --help    this text
`;

const OPTIONS = {
  sid: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  text: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Where the output of a command goes. */
export interface Output {
  readonly isTerminal: boolean;
  /** How many characters a line of the terminal has. */
  readonly columns: number | undefined;
}

/** The line of a text report when nothing says how wide it may be, in characters. */
const COLUMNS = 100;

/** What `media-sessions report` prints. Throws a BadInput. */
export async function reportCommand(args: readonly string[], output: Output): Promise<string> {
  const { values, positionals } = parse(args);
  if (values.help) return USAGE;
  if (values.json && values.text) throw new BadInput('--json and --text exclude each other');
  const [file, ...more] = positionals;
  if (file === undefined) throw new BadInput('report needs a file; media-sessions report --help says which');
  if (more.length > 0) throw new BadInput(`report takes one file, not also ${more[0]}`);

  const sessions = choose(await readSessions(file), values.sid, file);
  const asText = values.text ?? (output.isTerminal && !values.json);
  if (!asText)
    return sessions.map(({ session, events }) => `${JSON.stringify(sessionReport(session, events))}\n`).join('');
  const width = Math.max(60, output.columns ?? COLUMNS);
  return sessions
    .map(({ session, events }) =>
      textReport(sessionReport(session, events), explainReport(session, events), Math.min(width, 120)),
    )
    .join('\n\n');
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new BadInput((error as Error).message); // parseArgs throws no other
  }
}

function choose(
  sessions: readonly RecordedSession[],
  sids: readonly string[] | undefined,
  file: string,
): readonly RecordedSession[] {
  if (sids === undefined) return sessions;
  return sids.map((sid) => {
    const found = sessions.find(({ session }) => session.sid === sid);
    if (found) return found;
    const some = sessions.slice(0, 5).map(({ session }) => session.sid);
    const rest = sessions.length > some.length ? ` and ${sessions.length - some.length} more` : '';
    throw new BadInput(`${file} has no session ${sid}; it has ${some.join(', ')}${rest}`);
  });
}
