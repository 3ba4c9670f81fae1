import { explainReport } from '../../../src/report/explain.ts';
import { sessionReport } from '../../../src/report/report.ts';
import { type Command, type Output, parseArguments } from '../command.ts';
import { BadInput } from '../errors.ts';
import type { Input, InputSession } from './input/input.ts';
import { openInput } from './input/open-input.ts';
import { textReport } from './text/text-report.ts';

const HELP = `Usage: media-sessions report <file> [--sid <sid>]... [--json | --text]

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
A session that may still get events is reported as open, as of now.

A request or a line that no collector would keep is left out, and so are the events of a session
that nothing opened. The standard error says which, and why; the rest is reported.

Exit code: 0, all was reported; 3, something was left out; 2, nothing could be read; 1, the output
could not be written.

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

/** How wide a text report is when nothing says how wide the output is, in characters. */
const DEFAULT_WIDTH = 100;
/** The least width, in characters: the rows of ads and chapters do not fit into less. */
const MIN_WIDTH = 60;
/** The greatest width, in characters: longer lines are no easier to read. */
const MAX_WIDTH = 120;

/** `media-sessions report`: prints a report at a time. */
export const reportCommand: Command = { help: HELP, run };

async function* run(args: readonly string[], output: Output): AsyncGenerator<string> {
  const { values, positionals } = parseArguments('report', { args, options: OPTIONS, allowPositionals: true });
  if (values.help) return yield HELP;
  if (values.json && values.text) throw new BadInput('--json and --text exclude each other');
  const [file, ...more] = positionals;
  if (file === undefined) throw new BadInput('report needs a file; media-sessions report --help says which');
  if (more.length > 0) throw new BadInput(`report takes one file, not also ${more[0]}`);

  const asText = values.text ?? (output.isTerminal && !values.json);
  const width = Math.min(Math.max(MIN_WIDTH, output.columns ?? DEFAULT_WIDTH), MAX_WIDTH);
  const options = { asOf: Date.now() };
  const input = await openInput(file);
  try {
    let separator = '';
    for await (const { session, events } of readSessions(input, values.sid, file)) {
      const report = sessionReport(session, events, options);
      if (!asText) yield `${JSON.stringify(report)}\n`;
      else yield separator + textReport(report, explainReport(session, events, options), width);
      separator = '\n\n';
    }
  } finally {
    for (const fault of input.faults) output.warn(`left out of ${file}: ${fault}`); // last, to be seen
    input.close();
  }
}

/** Reads the sessions of some ids, or, where none are given, all. */
async function* readSessions(
  input: Input,
  sids: readonly string[] | undefined,
  file: string,
): AsyncGenerator<InputSession> {
  for (const sid of sids ?? (await input.sids())) {
    const session = await input.read(sid);
    if (session) yield session;
    else if (sids) throw new BadInput(await unknownSid(input, sid, file));
  }
}

async function unknownSid(input: Input, sid: string, file: string): Promise<string> {
  const sids = await input.sids();
  const some = sids.slice(0, 5);
  const rest = sids.length > some.length ? ` and ${sids.length - some.length} more` : '';
  return `${file} has no session ${sid}; it has ${some.join(', ')}${rest}`;
}
