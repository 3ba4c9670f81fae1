import { open } from 'node:fs/promises';
import { ndjsonReports } from '../../../adapters/reports/ndjson.ts';
import { postReports, postTarget } from '../../../adapters/reports/post.ts';
import type { SessionClosed } from '../../../src/close-delivery/close-hook.ts';
import { BadInput, CannotRun, reasonOf } from '../errors.ts';

/** Where the reports of closed sessions go, as `--reports` says it. */
export type ReportsChoice = { readonly file: string } | { readonly url: string };

/** The place that a text names, or undefined when it names none. */
export function parseReportsChoice(text: string): ReportsChoice | undefined {
  if (!/^[a-z][a-z\d+.-]+:\/\//i.test(text)) return { file: text };
  return 'url' in postTarget(text) ? { url: text } : undefined;
}

/**
 * Makes the hook that delivers reports, once it is sure that it can; undefined where none are asked for. Throws a BadInput or
 * a CannotRun.
 */
export async function openReports(
  choice: ReportsChoice | undefined,
  secret: string | undefined,
): Promise<((closed: SessionClosed) => Promise<void>) | undefined> {
  const isPosted = choice !== undefined && 'url' in choice;
  if (secret !== undefined && !isPosted) {
    throw new BadInput('a secret signs posted reports: give --reports a URL, or leave the secret out');
  }
  if (choice === undefined) return undefined;
  if ('file' in choice) {
    await requireWritable(choice.file);
    return ndjsonReports(choice.file);
  }
  if (secret === undefined) {
    throw new BadInput('posted reports are signed: set MEDIA_SESSIONS_REPORTS_SECRET, which the receiver knows too');
  }
  return postReports(choice.url, { secret });
}

async function requireWritable(file: string): Promise<void> {
  try {
    await (await open(file, 'a+')).close(); // as it is written to later; opened to be written only, a pipe waits for a reader
  } catch (error) {
    throw new CannotRun(`cannot write reports to ${file}: ${reasonOf(error)}`);
  }
}
