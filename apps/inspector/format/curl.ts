import type { MediaEvent } from '../../../src/wire/events.ts';

/** A command line that sends an event again. It can be pasted into a POSIX shell whatever the event holds. */
export function curlOf(origin: string, sid: string, event: MediaEvent): string {
  const path = event.eventType === 'sessionStart' ? 'sessions' : `sessions/${encodeURIComponent(sid)}/events`;
  return [
    `curl -i ${quoted(`${origin}/api/v1/${path}`)}`,
    "-H 'Content-Type: application/json'",
    `-d ${quoted(JSON.stringify(event))}`,
  ].join(' \\\n  ');
}

/** In single quotes a shell leaves everything alone but the single quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
