import { expect } from 'vitest';
import { allEvents } from '../../../src/session/event-pages.ts';
import { DEFAULT_TIMEOUTS } from '../../../src/session/lifecycle.ts';
import type { SessionStore } from '../../../src/session/store.ts';
import { eventAt, ping, RULE, T0 } from './events.ts';

/** How many events version 0.1 kept of each session in the fixtures, which it wrote. */
const EVENT_COUNTS = { open: 621, long: 13, downloaded: 3, settled: 2 };

/**
 * Checks a store on what version 0.1 wrote: pings every millisecond, or of 60,000 characters, a session that came as a
 * whole, and one whose close is settled.
 */
export async function expectUpgraded(store: SessionStore): Promise<void> {
  for (const [sid, count] of Object.entries(EVENT_COUNTS)) {
    const events = (await allEvents(store, sid)) ?? [];
    expect(events, sid).toHaveLength(count);
    for (const [place, stored] of events.entries()) {
      expect(await store.events(sid, { from: place, limit: 1 }), `${sid} ${place}`).toEqual([stored]);
    }
  }
  const played = ((await allEvents(store, 'open')) ?? []).map(({ event }) => event.playerTime.playhead);
  expect(played).toEqual([0, ...Array.from({ length: 620 }, (_, playhead) => playhead)]);

  const long = await store.get('long');
  const { length = 0 } = long ?? {};
  expect(length).toBeGreaterThan(12 * 60_000);
  const next = eventAt(T0 + 20, { ...ping, playerTime: { playhead: 12, ts: T0 } });
  expect(await store.append('long', [next], { ...RULE, maxLength: length })).toBe('full');
  expect(await store.append('long', [next], RULE)).toBe('accepted');
  expect(await store.events('long', { from: 13 })).toEqual([next]);

  const { sessions } = await store.list({}, T0);
  expect(sessions.map(({ sid }) => sid)).toEqual(['settled', 'downloaded', 'long', 'open']);
  expect(sessions.at(-1)).toMatchObject({ validationToken: 'token', playhead: 619 });
  const claimed = await store.claimClosed(T0 + 10 * DEFAULT_TIMEOUTS.idle, 1000, 10);
  expect(claimed.map(({ sid }) => sid).sort()).toEqual(['downloaded', 'long', 'open']);
}
