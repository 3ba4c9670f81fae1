import assert from 'node:assert/strict';
import { type AppendRule, DEFAULT_TIMEOUTS, isOpen, open } from '../../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../../session/session.ts';
import { newSessionId } from '../../session/session-id.ts';
import type { SessionStore } from '../../session/store.ts';
import type { MediaEvent } from '../../wire/events.ts';

/** When the sessions of the tests start, in Unix milliseconds. */
export const T0 = 1_768_471_260_000;

/** In milliseconds. Unlike the default of any store, so that a store which does not listen is found out. */
export const RETENTION = 10_800_000;

/** The rule of the tests: the documented timeouts, and no bound that they reach. */
export const RULE: AppendRule = { timeouts: DEFAULT_TIMEOUTS, maxLength: 2 ** 40 };

/** One event in the texts that it may come as. */
export const TEXTS: readonly (readonly [name: string, json: string])[] = [
  [
    'white space and line feeds',
    `\r\n {\n\t"eventType" : "ping",\n\n\t"playerTime": { "playhead": 1, "ts": 2 }\n}\n\n`,
  ],
  [
    'a key twice',
    '{"eventType":"play","playerTime":{"playhead":9},"eventType":"ping","playerTime":{"playhead":1,"ts":2}}',
  ],
  [
    'escapes',
    '{"event\\u0054ype":"\\u0070ing","playerTime":{"playhead":10e-1,"ts":2},"customMetadata":{"\\/":"\\ud83c\\udfac\\n"}}',
  ],
  [
    'a separator of lines',
    '{"eventType":"ping","playerTime":{"playhead":1,"ts":2},"customMetadata":{"lines":"\u2028\u2029\u0085"}}',
  ],
  ['half a character', '{"eventType":"ping","playerTime":{"playhead":1,"ts":2},"customMetadata":{"half":"\ud83c"}}'],
];

/** What a careless program may do to a session that it was given. */
export const CHANGES = { sid: 'x', startedAt: 1, deadline: 1, validationToken: 'x' };

export const startEvent: MediaEvent = {
  eventType: 'sessionStart',
  playerTime: { playhead: 0, ts: T0 },
  params: { 'media.id': 'id', 'media.contentType': 'vod', 'media.length': 60.5 },
};

export function ping(playhead: number | null): MediaEvent {
  return { eventType: 'ping', playerTime: { playhead, ts: T0 } };
}

export function sessionEnd(playhead: number): MediaEvent {
  return { eventType: 'sessionEnd', playerTime: { playhead, ts: T0 } };
}

/** Makes a session that starts at a time, open, and the event that starts it. */
export function sessionAt(receivedAt: number, { validationToken }: { validationToken?: string } = {}) {
  const start: StoredEvent = { event: startEvent, receivedAt };
  const session = open(newSessionId(), start, DEFAULT_TIMEOUTS, validationToken);
  assert.ok(isOpen(session, receivedAt));
  return { session, start };
}

/** Creates a session that starts at a time, and gives its id. */
export async function createAt(store: SessionStore, receivedAt: number): Promise<string> {
  const { session, start } = sessionAt(receivedAt);
  await store.create(session, [start]);
  return session.sid;
}

/** Reads all events of a session, page by page; undefined when it is unknown. */
export async function allEvents(store: SessionStore, sid: string): Promise<StoredEvent[] | undefined> {
  const all: StoredEvent[] = [];
  for (;;) {
    const page = await store.events(sid, { from: all.length });
    if (page === undefined) return undefined;
    if (page.length === 0) return all;
    all.push(...page);
    assert.ok(all.length <= 100_000, 'a page must begin at `from`, and be empty behind the last event');
  }
}

export function sidsOf(sessions: readonly MediaSession[]): string[] {
  return sessions.map(({ sid }) => sid);
}
