import { readFileSync } from 'node:fs';
import { advanceSession, DEFAULT_TIMEOUTS, downloaded, open } from '../../../src/session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../../../src/session/session.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';
import type { Recorded } from './sessions.ts';

interface RecordedRequest {
  readonly path: string;
  readonly body: MediaEvent | readonly MediaEvent[];
  readonly atMs: number;
}

/** The sessions of a recording, in the order of their start. A request arrives when its `atMs` says, counted from 0. */
export function sessionsOf(recording: string): Recorded[] {
  const file = new URL(`../../fixtures/captures/${recording}.json`, import.meta.url);
  const requests = JSON.parse(readFileSync(file, 'utf8')) as RecordedRequest[]; // recorded, not of unknown origin
  const starts = requests.filter(({ path }) => path.endsWith('/sessions'));
  return starts.map(({ body, atMs }, at) => {
    if (Array.isArray(body)) {
      const events = body.map((event: MediaEvent) => ({ event, receivedAt: atMs }));
      return { session: downloaded('sid', atMs, events), events };
    }
    const sid = starts.length === 1 ? '{sid}' : `{sid${at + 1}}`;
    const own = requests.filter((request) => request.path.includes(sid));
    return replayed([{ body, atMs } as RecordedRequest, ...own]);
  });
}

function replayed(requests: readonly RecordedRequest[]): Recorded {
  const events = requests.map(({ body, atMs }): StoredEvent => ({ event: body as MediaEvent, receivedAt: atMs }));
  const session = events.reduce<MediaSession | undefined>(
    (opened, event) =>
      opened ? advanceSession(opened, event, DEFAULT_TIMEOUTS) : open('sid', event, DEFAULT_TIMEOUTS),
    undefined,
  );
  if (session === undefined) throw new Error('A recording has a sessionStart');
  return { session, events };
}
