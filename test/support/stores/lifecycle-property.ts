import assert from 'node:assert/strict';
import fc from 'fast-check';
import { advanceSession, isOpen, open } from '../../../src/session/lifecycle.ts';
import type { StoredEvent } from '../../../src/session/session.ts';
import { newSessionId } from '../../../src/session/session-id.ts';
import type { SessionStore } from '../../../src/session/store.ts';
import type { DeclareTest } from '../../../src/testing/store-contract/store-contract.ts';

const T0 = 1_768_471_260_000;

/** Few playheads, so that some do not move; and the numbers that a store could round or take for another. */
const playhead = fc.oneof(
  fc.constantFrom(null, -1, 0, 1, 0.1, 0.30000000000000004, 1e21, 5e-324, 12.5, 86_399.999),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const step = fc.record({
  eventType: fc.constantFrom('ping', 'ping', 'ping', 'play', 'pauseStart', 'sessionComplete', 'error', 'sessionEnd'),
  playhead,
  wait: fc.nat({ max: 400 }),
});

const timeouts = fc.record({
  idle: fc.integer({ min: 300, max: 600 }),
  stall: fc.integer({ min: 200, max: 2000 }),
  grace: fc.integer({ min: 1, max: 300 }),
});

/** Declares the test that a store moves every session as the pure functions of the lifecycle do. */
export function followsLifecycle(it: DeclareTest, useStore: () => SessionStore, runs = 100): void {
  it('moves any session through any events as the pure lifecycle does', async () => {
    const store = useStore();
    const property = fc.asyncProperty(fc.array(step, { maxLength: 25 }), timeouts, async (steps, limits) => {
      let now = T0;
      const start = eventAt('sessionStart', 0, now);
      let expected = open(newSessionId(), start, limits);
      const accepted = [start];
      await store.create(expected, [start]);
      for (const { eventType, playhead, wait } of steps) {
        now += wait;
        const event = eventAt(eventType, playhead, now);
        const isAccepted = isOpen(expected, now);
        assert.equal(
          await store.append(expected.sid, [event], { timeouts: limits, maxLength: Number.POSITIVE_INFINITY }),
          isAccepted ? 'accepted' : 'closed',
        );
        if (!isAccepted) continue;
        expected = advanceSession(expected, event, limits);
        accepted.push(event);
      }
      // -0 and 0 are one playhead, and one number in JSON.
      assert.equal(JSON.stringify(await store.get(expected.sid)), JSON.stringify(expected));
      assert.equal(JSON.stringify(await store.events(expected.sid)), JSON.stringify(accepted));
    });
    await fc.assert(property, { numRuns: runs });
  });
}

function eventAt(eventType: string, playhead: number | null, receivedAt: number): StoredEvent {
  // The lifecycle reads the type and the playhead alone, and a store nothing else.
  return { event: { eventType, playerTime: { playhead, ts: receivedAt } } as StoredEvent['event'], receivedAt };
}
