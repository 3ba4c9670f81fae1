import { afterEach, describe, expect, it } from 'vitest';
import { events, start } from '../../../src/testing/conformance/samples.ts';
import { call, closeAll, collect, startSession } from '../../support/collector.ts';

afterEach(closeAll);

describe('reading back', () => {
  it('gives sessions, one session, its events, and undefined for what is unknown', async () => {
    const collector = collect();
    const sid = await startSession(collector);
    expect((await collector.session(sid))?.sid).toBe(sid);
    expect((await collector.events(sid))?.map(({ event }) => event)).toEqual([start]);
    expect((await collector.sessions({ state: 'open' })).sessions.map((session) => session.sid)).toEqual([sid]);
    expect((await collector.sessions({ state: 'closed' })).sessions).toEqual([]);
    expect([await collector.session('x'), await collector.events('x')]).toEqual([undefined, undefined]);
  });

  it.each(['session', 'events', 'report'] as const)('says what %s takes where it is given no id', async (read) => {
    await expect(collect()[read](undefined as never)).rejects.toThrow(
      new TypeError(`${read}: give it the id of a session, as in ${read}(session.sid), not undefined`),
    );
  });

  it('rejects a query that makes no sense', async () => {
    const collector = collect();
    await expect(collector.sessions({ limit: 0 })).rejects.toThrow('limit must be a whole number from 1 to 1000');
    await expect(collector.sessions({ state: 'old' as 'open' })).rejects.toThrow("state must be 'open' or 'closed'");
    // @ts-expect-error: it is state, and all sessions would be taken for the open ones
    await expect(collector.sessions({ staet: 'open' })).rejects.toThrow('sessions: there is no option staet');
    await expect(collector.sessions({ cursor: 'x' })).rejects.toThrow('cursor');
  });
});

describe('report', () => {
  it('tells what the viewer did so far, and undefined of an unknown session', async () => {
    let now = 1_768_471_260_000;
    const collector = collect({ now: () => now });
    const sid = await startSession(collector);
    const send = async (event: object, playhead: number) => {
      const playerTime = { playhead, ts: now };
      await collector.handle(call(`/api/v1/sessions/${sid}/events`, { ...event, playerTime }));
    };
    await send(events.play, 0);
    now += 10_000;
    await send(events.ping, 10);
    now += 3_000;
    expect(await collector.report(sid)).toMatchObject({
      sid,
      open: true,
      asOf: now,
      sessionDetails: { isPlayed: true, timePlayed: 10, secondsSinceLastCall: 3 },
    });
    now -= 5_000; // as the clock of another process may be, which shares the store
    expect(await collector.report(sid)).toMatchObject({ eventCount: 3, asOf: now + 2_000 });
    now += 605_000;
    expect(await collector.report(sid)).toMatchObject({ open: false, closeReason: 'idle' });
    expect(await collector.report('x')).toBeUndefined();
  });
});
