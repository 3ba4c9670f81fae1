import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceSession,
  DEFAULT_TIMEOUTS,
  downloaded,
  isOpen,
  open,
  type Timeouts,
} from '../../../src/session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../../../src/session/session.ts';
import { EVENT_TYPES, type EventType } from '../../../src/wire/event-types.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';

const T0 = 1_768_471_260_000;
const minutes = (count: number) => count * 60_000;
const { idle, stall, grace } = DEFAULT_TIMEOUTS;

function event(eventType: EventType, playhead: number | null, receivedAt: number): StoredEvent {
  return { event: { eventType, playerTime: { playhead, ts: 0 } } as MediaEvent, receivedAt }; // params play no part
}

/** The session after a start at T0 and the events that follow while it is open. */
function live(events: readonly StoredEvent[], timeouts = DEFAULT_TIMEOUTS): MediaSession {
  let session = open('sid', event('sessionStart', 0, T0), timeouts);
  for (const next of events) if (isOpen(session, next.receivedAt)) session = advanceSession(session, next, timeouts);
  return session;
}

describe('a session', () => {
  it('is open until the millisecond of its deadline', () => {
    const session = live([]);
    expect(isOpen(session, T0 + idle - 1)).toBe(true);
    expect(isOpen(session, T0 + idle)).toBe(false);
  });

  it('closes 10 minutes after its last event', () => {
    const session = live([event('ping', 5, T0 + minutes(9)), event('ping', 10, T0 + minutes(18))]);
    expect(session).toMatchObject({ deadline: T0 + minutes(28), closeReason: 'idle' });
  });

  it('closes 30 minutes and the grace after its playhead last moved, whatever events come', () => {
    const pings = [9, 18, 27].map((at) => event('ping', 0, T0 + minutes(at)));
    expect(live(pings)).toMatchObject({ deadline: T0 + minutes(30) + grace, closeReason: 'stall' });
    const moved = [...pings, event('ping', 1, T0 + minutes(29))];
    expect(live(moved)).toMatchObject({ deadline: T0 + minutes(39), closeReason: 'idle' });
  });

  it('counts a paused playhead and one frozen by an ad as unmoved', () => {
    const ad = [
      event('adBreakStart', 21, T0 + minutes(5)),
      event('adStart', 21, T0 + minutes(10)),
      event('pauseStart', 21, T0 + minutes(19)),
      event('ping', 21, T0 + minutes(28)),
    ];
    expect(live(ad)).toMatchObject({ deadline: T0 + minutes(35) + grace, closeReason: 'stall' });
  });

  it('takes a live playhead that wraps at midnight as moved', () => {
    const session = live([event('ping', 86_399, T0 + minutes(9)), event('ping', 0, T0 + minutes(18))]);
    expect(session.playheadMovedAt).toBe(T0 + minutes(18));
  });

  it('takes an unknown playhead, null or negative, as moved', () => {
    for (const unknown of [null, -1, -0.5]) {
      const events = [9, 18, 27, 36, 45].map((at) => event('ping', unknown, T0 + minutes(at)));
      expect(live(events)).toMatchObject({ deadline: T0 + minutes(55), closeReason: 'idle', playhead: null });
    }
  });

  it('closes 5 seconds after sessionEnd, and nothing within them prolongs it', () => {
    const end = event('sessionEnd', 30, T0 + 1000);
    const later = [event('adSkip', 30, T0 + 1001), event('sessionEnd', 31, T0 + 3000), event('play', 32, T0 + 5999)];
    for (const events of [[end], [end, ...later]]) {
      expect(live(events)).toMatchObject({ deadline: T0 + 1000 + grace, closeReason: 'sessionEnd' });
    }
  });

  it('gets its grace even when it was about to close', () => {
    const session = live([event('sessionEnd', 0, T0 + idle - 1)]);
    expect(session).toMatchObject({ deadline: T0 + idle - 1 + grace, closeReason: 'sessionEnd' });
  });

  it('stays open after sessionComplete and error', () => {
    for (const type of ['sessionComplete', 'error'] as const) {
      expect(live([event(type, 3, T0 + 1000)])).toMatchObject({ deadline: T0 + 1000 + idle, closeReason: 'idle' });
    }
  });

  it('that came as an array is closed when it arrives', () => {
    const session = downloaded('sid', T0, [], 'token');
    expect(isOpen(session, T0)).toBe(false);
    expect(session).toMatchObject({ deadline: T0, closeReason: 'downloaded', validationToken: 'token' });
  });
});

describe('whatever comes', () => {
  const timeouts: fc.Arbitrary<Timeouts> = fc
    .record({ idle: fc.integer({ min: 1, max: 1000 }), stall: fc.integer({ min: 1, max: 3000 }) })
    .chain(({ idle, stall }) => fc.integer({ min: 1, max: idle }).map((grace) => ({ idle, stall, grace })));
  const playhead = fc.oneof(fc.constant(null), fc.integer({ min: -1, max: 2 }));
  const steps = fc.array(fc.record({ type: fc.constantFrom(...EVENT_TYPES), playhead, wait: fc.nat(700) }), {
    maxLength: 30,
  });

  /** Runs a session and hands each event it took, with the session before and after, to a check. */
  function each(check: (before: MediaSession, taken: StoredEvent, after: MediaSession, timeouts: Timeouts) => void) {
    fc.assert(
      fc.property(timeouts, steps, (rule, list) => {
        let at = T0;
        let session = open('sid', event('sessionStart', 0, at), rule);
        for (const { type, playhead, wait } of list) {
          at += wait;
          if (!isOpen(session, at)) continue;
          const taken = event(type, playhead, at);
          const after = advanceSession(session, taken, rule);
          check(session, taken, after, rule);
          session = after;
        }
      }),
      { numRuns: 500 },
    );
  }

  it('no deadline is further away than the idle time, nor already over', () => {
    each((_before, { receivedAt }, after, { idle }) => {
      expect(after.deadline).toBeLessThanOrEqual(receivedAt + idle);
      expect(after.deadline).toBeGreaterThan(receivedAt);
    });
  });

  it('nothing in the grace prolongs it', () => {
    each((before, _taken, after) => {
      if (before.closeReason === 'sessionEnd') {
        expect([after.deadline, after.closeReason]).toEqual([before.deadline, 'sessionEnd']);
      }
    });
  });

  it('an unknown playhead is movement', () => {
    each((_before, { event: { playerTime }, receivedAt }, after) => {
      if (playerTime.playhead === null || playerTime.playhead < 0) expect(after.playheadMovedAt).toBe(receivedAt);
    });
  });

  it('a closed session never opens again', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const events = list.map(({ type, playhead }, index) => event(type, playhead, T0 + index));
        const session = live(events);
        for (const later of [0, 1, idle, stall, 1e12]) expect(isOpen(session, session.deadline + later)).toBe(false);
      }),
    );
  });
});
