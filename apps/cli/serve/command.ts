import type { Command } from '../command.ts';
import { serve } from './serve.ts';
import { findUnknownVariables } from './settings/environment.ts';
import { optionsHelp } from './settings/options.ts';
import { readSettings } from './settings/settings.ts';

const HELP = `Usage: media-sessions serve [options]

Serves the Media Collection API and the Media Edge API over HTTP, with the inspector at /inspect/,
metrics for Prometheus at /metrics and a health check at /healthz. Prints a line for each session
that starts or closes, and for each call that is rejected. Ctrl-C and SIGTERM stop it in order: it
answers the requests in flight and delivers the closes that are due. Sessions in a store other than
memory go on with the next start.

Options, and the environment variables that stand in for them:
${optionsHelp()}  -h, --help                   this text
`;

/** `media-sessions serve`: runs until a signal comes. */
export const serveCommand: Command = { help: HELP, run };

async function* run(args: readonly string[]): AsyncGenerator<string> {
  const settings = readSettings(args, process.env);
  if (settings === 'help') yield HELP;
  else await serve(settings, findUnknownVariables(process.env));
}
