import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Collector,
  type CollectorOptions,
  createCollector,
  handleSessionEvent,
  handleSessionStart,
  memoryStore,
  type SessionClosed,
} from '../../../src/index.ts';
import { DEFAULT_TIMEOUTS, open as openSession } from '../../../src/session/lifecycle.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { downloadedSession, events, start } from '../../../src/testing/conformance/samples.ts';
import { eventually } from '../../support/eventually.ts';

const T0 = 1_768_471_260_000;
const open: Collector[] = [];

// Timers run in their order, and as fast as they can: nothing here depends on how long work takes.
beforeEach(() => {
  vi.useFakeTimers();
  vi.setTimerTickMode('nextTimerAsync');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((collector) => collector.close()));
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A store, a clock that stands still unless moved, and collectors that look for closed sessions all the time. */
function setUp() {
  const clock = { now: T0 };
  const store = memoryStore();
  const deps = { store, now: () => clock.now };
  let ids = 0;
  return {
    clock,
    store,
    start: (body: unknown = start) => handleSessionStart(body, { ...deps, newId: () => `s${++ids}` }),
    append: (sid: string, body: unknown) => handleSessionEvent(sid, body, deps),
    collect(options: CollectorOptions) {
      const collector = createCollector({
        store,
        now: () => clock.now,
        sweepInterval: 1,
        onError: () => {},
        ...options,
      });
      open.push(collector);
      return collector;
    },
  };
}

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Time for dozens of sweeps. */
const aWhile = () => pass(50);

/** Lets sweeps come and go until what is expected holds. */
async function until(expectation: () => void): Promise<void> {
  for (let sweeps = 0; sweeps < 2000; sweeps++) {
    try {
      return expectation();
    } catch {
      await pass(1);
    }
  }
  expectation();
}

describe('the close of a session', () => {
  it('comes once, at the millisecond of the deadline, with all its events', async () => {
    const { clock, start, append, collect } = setUp();
    const onSessionClose = vi.fn((_closed: SessionClosed) => {});
    collect({ onSessionClose });
    await start();
    clock.now += 1000;
    await append('s1', events.ping);
    clock.now += 600_000 - 1;
    await aWhile();
    expect(onSessionClose).not.toHaveBeenCalled();

    clock.now += 1;
    await until(() => expect(onSessionClose).toHaveBeenCalled());
    clock.now += 10_000_000;
    await aWhile();
    expect(onSessionClose).toHaveBeenCalledTimes(1);
    expect(onSessionClose.mock.calls[0]?.[0]).toMatchObject({
      session: { sid: 's1', deadline: T0 + 601_000, closeReason: 'idle' },
      events: [{ receivedAt: T0 }, { receivedAt: T0 + 1000 }],
    });
  });

  it('comes after the grace of sessionEnd, and at once for a session that arrived whole', async () => {
    const { clock, start, append, collect } = setUp();
    const closed: string[] = [];
    collect({ onSessionClose: ({ session }) => closed.push(`${session.sid} ${session.closeReason}`) });
    await start();
    await append('s1', events.sessionEnd);
    await start(downloadedSession);
    await until(() => expect(closed).toEqual(['s2 downloaded']));
    clock.now += 4_999;
    await aWhile();
    expect(closed).toHaveLength(1);
    clock.now += 1;
    await until(() => expect(closed).toEqual(['s2 downloaded', 's1 sessionEnd']));
  });

  it('is tried again with growing pauses until the hook resolves, and each failure is reported', async () => {
    const { clock, start, collect } = setUp();
    const attempts: number[] = [];
    const onError = vi.fn();
    collect({
      onError,
      onSessionClose: () => {
        attempts.push(clock.now - T0 - 600_000);
        if (attempts.length < 5) throw new Error('down');
      },
    });
    await start();
    clock.now += 600_000;
    for (let second = 0; second < 200; second++) {
      await pass(4);
      clock.now += 500;
    }
    expect(attempts).toHaveLength(5);
    const pauses = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
    for (const [index, atLeast] of [1000, 2000, 4000, 8000].entries()) {
      expect(pauses[index]).toBeGreaterThanOrEqual(atLeast);
      expect(pauses[index]).toBeLessThan(atLeast * 2 + 3000);
    }
    expect(onError).toHaveBeenCalledTimes(4);
    expect(onError).toHaveBeenCalledWith({ error: new Error('down'), during: 'onSessionClose' });
  });

  it('goes on being tried beyond the lease, and then only once it is due', async () => {
    const { clock, start, collect } = setUp();
    let attempts = 0;
    collect({
      onSessionClose: () => {
        attempts += 1;
        throw new Error('down');
      },
    });
    await start();
    clock.now += 600_000;
    for (let minute = 0; minute < 60; minute++) {
      await pass(4);
      clock.now += 30_000;
    }
    expect(attempts).toBeGreaterThan(9); // 1 s, 2 s, 4 s ... and at most 5 minutes apart within half an hour
    expect(attempts).toBeLessThan(25);
  });

  it('is not delivered again when only settling it failed', async () => {
    const { clock, store, start, collect } = setUp();
    const settle = vi.spyOn(store, 'settle').mockRejectedValueOnce(new Error('connection lost'));
    const onSessionClose = vi.fn();
    collect({ onSessionClose });
    await start();
    clock.now += 600_000;
    await until(() => expect(settle).toHaveBeenCalledTimes(1));
    clock.now += 5_000;
    await until(() => expect(settle).toHaveBeenCalledTimes(2));
    expect(onSessionClose).toHaveBeenCalledTimes(1);
  });

  it('is settled whatever its hook does to the session', async () => {
    const { clock, store, start, collect } = setUp();
    const told: string[] = [];
    collect({
      onSessionClose: ({ session }) => {
        told.push(session.sid);
        Object.assign(session, { sid: 'anonymous', deadline: 0 });
        if (told.length === 1) throw new Error('down');
      },
    });
    await start();
    clock.now += 600_000;
    await until(() => expect(told).toEqual(['s1']));
    clock.now += 5_000;
    await until(() => expect(told).toEqual(['s1', 's1']));
    await aWhile();
    expect(await store.claimClosed(clock.now + 600_000, 1000, 1)).toEqual([]);
  });

  it('is delivered once where several collectors share a store, however slow the hook', async () => {
    const { clock, start, collect } = setUp();
    const closed: string[] = [];
    for (let index = 0; index < 3; index++) {
      collect({
        onSessionClose: async ({ session }) => {
          await pass(5);
          closed.push(session.sid);
        },
      });
    }
    for (let index = 0; index < 200; index++) await start();
    clock.now += 600_000;
    await until(() => expect(closed).toHaveLength(200));
    await aWhile();
    expect(new Set(closed).size).toBe(200);
    expect(closed).toHaveLength(200);
  });

  it('does not wait for the failing close of another session', async () => {
    const { clock, start, collect } = setUp();
    const closed: string[] = [];
    collect({
      onSessionClose: ({ session }) => {
        if (Number(session.sid.slice(1)) % 2) throw new Error('poison');
        closed.push(session.sid);
      },
    });
    for (let index = 0; index < 300; index++) await start();
    clock.now += 600_000;
    await until(() => expect(closed).toHaveLength(150));
  });

  it('is tried with no more than fifty others at a time, also when it failed before', async () => {
    const { clock, start, collect } = setUp();
    let isDown = true;
    let underWay = 0;
    let most = 0;
    const closed: string[] = [];
    collect({
      onSessionClose: async ({ session }) => {
        if (isDown) throw new Error('down');
        most = Math.max(most, ++underWay);
        await pass(1);
        underWay -= 1;
        closed.push(session.sid);
      },
    });
    for (let index = 0; index < 400; index++) await start();
    clock.now += 600_000;
    await aWhile();
    isDown = false;
    clock.now += 5_000;
    await until(() => expect(closed).toHaveLength(400));
    expect(most).toBe(50);
    expect(new Set(closed).size).toBe(400);
  });

  it('is tried ever less often, also where more fail than may wait', { tags: ['long'] }, async () => {
    const { clock, start, collect } = setUp();
    const attempts = new Map<string, number>();
    collect({
      onSessionClose: ({ session: { sid } }) => {
        attempts.set(sid, (attempts.get(sid) ?? 0) + 1);
        throw new Error('down');
      },
    });
    for (let index = 0; index < 1100; index++) await start();
    clock.now += 600_000;
    for (let step = 0; step < 120; step++) {
      await pass(1);
      clock.now += 15_000; // half an hour in all
    }
    expect(attempts.size).toBe(1100);
    expect(Math.max(...attempts.values())).toBeLessThan(20);
  });

  it('is not held up by 1500 others that always fail', async () => {
    const { clock, start, collect } = setUp();
    const closed: string[] = [];
    const attempts = new Map<string, number>();
    collect({
      onSessionClose: ({ session: { sid } }) => {
        if (Number(sid.slice(1)) > 1500) return closed.push(sid);
        attempts.set(sid, (attempts.get(sid) ?? 0) + 1);
        throw new Error('poison');
      },
    });
    for (let index = 0; index < 1500; index++) await start();
    clock.now += 600_000;
    while (attempts.size < 1500 || Math.min(...attempts.values()) < 5) {
      await pass(1);
      clock.now += 2_000;
    }
    const [sid] = [await start(downloadedSession)].map(({ headers }) => headers['Location']?.split('/').at(-1));
    await until(() => expect(closed).toEqual([sid])); // the clock stands still
  });

  it('leaves other work its turn, however many are tried at once', async () => {
    const { clock, start, collect } = setUp();
    let tried = 0;
    let inThisTurn = 0;
    let most = 0;
    let spent = 0;
    vi.useRealTimers(); // what leaves others their turn is the event loop
    vi.spyOn(performance, 'now').mockImplementation(() => spent);
    collect({
      onSessionClose: () => {
        most = Math.max(most, ++inThisTurn);
        tried += 1;
        spent += 1; // a millisecond
        throw new Error('down');
      },
    });
    let isOver = false;
    function turn(): void {
      inThisTurn = 0;
      if (!isOver) setImmediate(turn);
    }
    turn();
    for (let index = 0; index < 300; index++) await start();
    for (const due of [600_000, 5_000]) {
      const before = tried;
      clock.now += due;
      await eventually(() => expect(tried).toBe(before + 300));
    }
    isOver = true;
    expect(most).toBeLessThan(25); // 3, or a few times that where timers come late and run in a row
  });

  it('of long sessions comes one after the other, since each is whole in memory', async () => {
    const { clock, store, collect } = setUp();
    let underWay = 0;
    let most = 0;
    const hold = new Map<string, () => void>();
    for (let index = 0; index < 6; index++) {
      const length = index % 2 === 0 ? 16 * 1024 * 1024 : 1000;
      const sid = `${length > 1000 ? 'long' : 'short'}-${index}`;
      const first = { event: start, receivedAt: T0 } as const;
      await store.create({ ...openSession(sid, first, DEFAULT_TIMEOUTS), length }, [first]);
    }
    collect({
      async onSessionClose({ session: { sid, length } }) {
        underWay += length;
        most = Math.max(most, underWay);
        await new Promise<void>((resolve) => hold.set(sid, resolve));
        underWay -= length;
      },
    });
    clock.now += 600_000;
    for (let closed = 0; closed < 6; ) {
      await until(() => expect(hold.size).toBeGreaterThan(0));
      await aWhile();
      closed += hold.size;
      for (const release of hold.values()) release();
      hold.clear();
    }
    expect(most).toBe(16 * 1024 * 1024);
  });

  it('of a session that holds more than can be read has its first events, and a report that says so', async () => {
    const { clock, start, append, collect } = setUp();
    const closed: SessionClosed[] = [];
    await start();
    for (let count = 0; count < 20; count++) await append('s1', { ...events.ping, own: 'x'.repeat(1000) });
    collect({ maxSessionLength: 1000, maxBodyBytes: 1000, onSessionClose: (close) => void closed.push(close) });
    clock.now += 600_000;
    await until(() => expect(closed).toHaveLength(1));
    const [{ events: kept, report } = { events: [], report: undefined }] = closed;
    expect(kept.length).toBeLessThan(10);
    expect(report?.diagnostics[0]).toMatchObject({ code: 'events-left-out', severity: 'error' });
    expect(report?.diagnostics[0]?.message).toContain(`its last ${21 - kept.length} events`);
  });

  it('is tried again also where the clock was set back', async () => {
    const { clock, start, collect } = setUp();
    const onSessionClose = vi.fn(() => {
      throw new Error('down');
    });
    collect({ onSessionClose });
    await start();
    clock.now += 600_000;
    await until(() => expect(onSessionClose).toHaveBeenCalledTimes(1));
    clock.now -= 3_600_000;
    await until(() => expect(onSessionClose).toHaveBeenCalledTimes(2));
  });

  it('is looked for by calls also where the clock was set back', async () => {
    const { clock, start, collect } = setUp();
    const onSessionClose = vi.fn();
    const collector = collect({ onSessionClose, sweepInterval: 5_000 });
    const call = { method: 'GET', path: '/', query: () => '', header: () => undefined, body: async () => undefined };
    const handle = () => collector.handle({ ...call, waitUntil: () => {} });
    await aWhile();
    clock.now -= 3_600_000;
    await start(downloadedSession);
    await handle();
    await until(() => expect(onSessionClose).toHaveBeenCalledOnce());
  });

  it('waits for others that never settle no longer than a minute', async () => {
    const { clock, start, collect } = setUp();
    const closed: string[] = [];
    const onError = vi.fn();
    const collector = collect({
      onError,
      onSessionClose: ({ session: { sid } }) => {
        if (Number(sid.slice(1)) <= 60) return new Promise(() => {});
        closed.push(sid);
      },
    });
    open.splice(open.indexOf(collector), 1); // it waits for its hooks, and so would this test
    for (let index = 0; index < 70; index++) await start();
    clock.now += 600_000;
    await aWhile();
    expect(closed).toEqual([]);
    clock.now += 60_000;
    await aWhile();
    clock.now += 60_000;
    await until(() => expect(closed).toHaveLength(10));
    expect(onError).toHaveBeenCalledWith({
      during: 'onSessionClose',
      error: new Error('The close of s1 has been under way for over 60 s; others go on; see docs/reports.md#delivery'),
    });
  });

  it('comes though a thousand others never settle', async () => {
    const { clock, start, collect } = setUp();
    const closed: string[] = [];
    const collector = collect({
      onSessionClose: ({ session: { sid } }) => {
        if (Number(sid.slice(1)) <= 1050) return new Promise(() => {});
        closed.push(sid);
      },
    });
    open.splice(open.indexOf(collector), 1);
    for (let index = 0; index < 1051; index++) await start();
    clock.now += 600_000;
    for (let minute = 0; minute < 40 && closed.length === 0; minute++) {
      await aWhile();
      clock.now += 60_000;
    }
    expect(closed).toEqual(['s1051']);
  });

  it('does not wait for an onError that never settles', async () => {
    const { clock, store, start, collect } = setUp();
    const closed: string[] = [];
    vi.spyOn(store, 'claimClosed').mockRejectedValueOnce(new Error('connection lost'));
    const collector = collect({
      onError: () => new Promise(() => {}),
      onSessionClose: ({ session }) => closed.push(session.sid),
    });
    open.splice(open.indexOf(collector), 1);
    await start();
    clock.now += 600_000;
    await until(() => expect(closed).toEqual(['s1']));
  });

  it('fails in the store where its events cannot be read', async () => {
    const { clock, store, start, collect } = setUp();
    const onError = vi.fn();
    vi.spyOn(store, 'events').mockRejectedValueOnce(new StoreUnavailable('away'));
    collect({ onError, onSessionClose: () => {} });
    await start();
    clock.now += 600_000;
    await until(() => expect(onError).toHaveBeenCalledWith({ error: new StoreUnavailable('away'), during: 'store' }));
  });

  it('waits out a store that is away', async () => {
    const { clock, store, start, collect } = setUp();
    const onError = vi.fn();
    const onSessionClose = vi.fn();
    const claim = vi.spyOn(store, 'claimClosed').mockRejectedValue(new Error('connection lost'));
    collect({ onSessionClose, onError });
    await start();
    clock.now += 600_000;
    await until(() => expect(onError).toHaveBeenCalledWith({ error: new Error('connection lost'), during: 'store' }));
    claim.mockRestore();
    await until(() => expect(onSessionClose).toHaveBeenCalledTimes(1));
  });

  it('is left to others where nobody listens', async () => {
    const { clock, store, start, collect } = setUp();
    const settle = vi.spyOn(store, 'settle');
    const claimClosed = vi.spyOn(store, 'claimClosed');
    const deaf = collect({});
    await start();
    clock.now += 600_000;
    await until(() => expect(claimClosed).toHaveBeenCalledWith(clock.now, expect.any(Number), 0));
    await deaf.close();
    const onSessionClose = vi.fn();
    expect(settle).not.toHaveBeenCalled();
    collect({ onSessionClose });
    await until(() => expect(onSessionClose).toHaveBeenCalledOnce());
  });
});

describe('collector.close', () => {
  it('delivers what is due, however much, and waits for it', async () => {
    const { clock, start, collect } = setUp();
    const closed: string[] = [];
    const collector = collect({
      sweepInterval: 1_000_000,
      onSessionClose: async ({ session }) => {
        await pass(2);
        closed.push(session.sid);
      },
    });
    await aWhile();
    for (let index = 0; index < 120; index++) await start();
    clock.now += 600_000;
    await start(); // still open
    await collector.close();
    expect(closed).toHaveLength(120);
  });

  it('delivers what is due also beside a hook that never settles', async () => {
    const { clock, start, collect } = setUp();
    const closed: string[] = [];
    const collector = collect({
      onSessionClose: ({ session: { sid } }) => {
        if (sid === 's1') return new Promise(() => {});
        closed.push(sid);
      },
    });
    open.splice(open.indexOf(collector), 1);
    await start(downloadedSession);
    await aWhile(); // it is under way
    for (let index = 0; index < 120; index++) await start();
    clock.now += 600_000;
    void collector.close();
    await until(() => expect(closed).toHaveLength(120));
  });

  it('tries what failed before once more, and leaves it to the store then', async () => {
    const { clock, store, start, collect } = setUp();
    let attempts = 0;
    const collector = collect({
      onSessionClose: () => {
        attempts += 1;
        throw new Error('down');
      },
    });
    await start();
    clock.now += 600_000;
    await until(() => expect(attempts).toBe(1));
    await collector.close();
    expect(attempts).toBe(2);
    expect(await store.claimClosed(clock.now + 60_000, 1, 1)).toHaveLength(1);
  });

  it('tries also what failed often, so that it is not lost with a store in memory', async () => {
    const { clock, start, collect } = setUp();
    let attempts = 0;
    const collector = collect({
      onSessionClose: () => {
        attempts += 1;
        if (attempts < 10) throw new Error('down');
      },
    });
    await start();
    clock.now += 600_000;
    while (attempts < 9) {
      await pass(4);
      clock.now += 30_000;
    }
    await collector.close();
    expect(attempts).toBe(10);
  });

  it('tries each once, however many fail', async () => {
    const { clock, start, collect } = setUp();
    const attempts = new Map<string, number>();
    let isClosing = false;
    const collector = collect({
      onSessionClose: async ({ session: { sid } }) => {
        if (isClosing) attempts.set(sid, (attempts.get(sid) ?? 0) + 1);
        await pass(1);
        clock.now += 1000; // so that pauses, and leases too, are over meanwhile
        throw new Error('down');
      },
    });
    for (let index = 0; index < 400; index++) await start();
    clock.now += 600_000;
    await aWhile();
    isClosing = true;
    await collector.close();
    expect(Math.max(...attempts.values())).toBe(1);
  });

  it('stops looking for closed sessions', async () => {
    const { store, collect } = setUp();
    const claim = vi.spyOn(store, 'claimClosed');
    await collect({}).close();
    claim.mockClear();
    await aWhile();
    expect(claim).not.toHaveBeenCalled();
  });
});
