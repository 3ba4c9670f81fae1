import { DEFAULT_TIMEOUTS, open } from '../../../src/session/lifecycle.ts';
import type { StoredEvent } from '../../../src/session/session.ts';
import { newSessionId } from '../../../src/session/session-id.ts';
import type { SessionStore } from '../../../src/session/store.ts';
import { RULE } from '../../support/stores/events.ts';

/** How many sessions are stored when a store is small, and large. */
export const SMALL = 1000;
export const LARGE = 1_000_000;

/** The time of all that happens, in Unix milliseconds. */
export const NOW = 1_768_471_260_000;

export const start: StoredEvent = {
  receivedAt: NOW,
  event: {
    eventType: 'sessionStart',
    playerTime: { playhead: 0, ts: NOW },
    params: {
      'media.id': 'video-id-1',
      'media.name': 'Video Name',
      'media.contentType': 'vod',
      'media.length': 600.5,
      'media.playerName': 'player',
      'media.channel': 'channel',
    },
  },
};

export function pingAt(playhead: number): StoredEvent {
  return { event: { eventType: 'ping', playerTime: { playhead, ts: NOW } }, receivedAt: NOW };
}

/** Gives what starts a session in a store. */
export function starter(store: SessionStore): () => Promise<void> {
  return async () => store.create(open(newSessionId(), start, DEFAULT_TIMEOUTS), [start]);
}

/** Makes a store a small one, and gives what appends a ping to its sessions in turn. */
export async function pinger(store: SessionStore): Promise<(at: number) => Promise<unknown>> {
  const sids = Array.from({ length: SMALL }, newSessionId);
  await Promise.all(sids.map((sid) => store.create(open(sid, start, DEFAULT_TIMEOUTS), [start])));
  return async (at) => store.append(sids[at % SMALL] ?? '', [pingAt(at)], RULE);
}
