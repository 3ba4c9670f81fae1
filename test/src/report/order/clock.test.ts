import { describe, expect, it } from 'vitest';
import type { SessionReport } from '../../../../src/report/schema/report-schema.ts';
import type { StoredEvent } from '../../../../src/session/session.ts';
import type { EventType } from '../../../../src/wire/event-types.ts';
import { at, reportOf } from '../../../support/report/sessions.ts';

/** When each event really happens, in seconds: the playhead is one less. */
const EVENTS: readonly (readonly [EventType, number])[] = [
  ['sessionStart', 0],
  ['play', 1],
  ...[11, 21, 31, 41].map((second) => ['ping', second] as const),
  ['sessionEnd', 51],
];

/** What a client and the network make of an event that really happens at a second. */
interface Sent {
  /** The second that the clock of the client shows. */
  readonly ts?: (second: number) => number;
  /** The second at which the event arrives. */
  readonly arrives?: (second: number) => number;
  /** The playhead, in seconds. */
  readonly playhead?: (second: number) => number;
}

describe('a session of 50 s of content', () => {
  it.each<[string, Sent, number, (number | undefined)?]>([
    ['with a clock that runs on', {}, 50],
    ['with 15 s taken off from 31 s on', { ts: from(31, -15) }, 50, -15],
    ['with 3 s taken off from 31 s on, which is below the tolerance', { ts: from(31, -3) }, 47],
    ['with a minute added from 31 s on', { ts: from(31, 60) }, 50, 60],
    ['with an hour taken off from 31 s on', { ts: from(31, -3600) }, 50, -3600],
    ['on a device that begins in 1970 and learns the time', { ts: in1970Until(11) }, 50, 1_700_000_000 - 5],
    ['offline from 21 s on, with a queue that arrives at once', { arrives: heldUntil(45, 21, 41) }, 50],
    [
      'with a clock that is set back twice',
      { ts: (second) => second - (second > 15 ? 20 : 0) - (second > 35 ? 20 : 0) },
      50,
      -20,
    ],
    [
      'with a clock that is set, and set right again',
      { ts: (second) => second + (second > 15 && second < 35 ? 30 : 0) },
      50,
      30,
    ],
    ['with 15 s taken off before the last ping, and the sessionEnd from before it', { ts: from(41, -30) }, 50, -30],
    ['with a step of no more than 5 s', { ts: from(31, -5) }, 45],
  ])('%s', (_, sent, content, jump) => {
    const report = reportOf(eventsAs(sent));
    expect(report.sessionDetails.timePlayed).toBe(content);
    expect(jumpsIn(report)).toBe(jump);
  });

  it('shows each ts as it was sent', () => {
    const report = reportOf(eventsAs({ ts: from(31, -3600) }));
    const [start] = eventsAs({});
    const zero = start?.receivedAt ?? 0;
    expect(report).toMatchObject({ startedAt: zero, lastEventAt: zero + 21_000 });
    expect(report.diagnostics.find(({ code }) => code === 'clock-jump')).toMatchObject({
      severity: 'warning',
      count: 1,
      ts: zero + 31_000 - 3_600_000,
      eventType: 'ping',
    });
  });
});

describe('the clock of the client', () => {
  it('was not set where all events so far were delayed, and it goes on without a delay', () => {
    const arrives = (second: number) => (second < 5 ? second + 20 : second + (second < 20 ? 12 : 0));
    expect(jumpsIn(reportOf(eventsAs({ arrives })))).toBeUndefined();
  });

  it('was not set where the playhead says that content played on while events waited', () => {
    const arrives = (second: number) => second + (second > 25 ? 8 : 0);
    expect(reportOf(eventsAs({ arrives })).sessionDetails.timePlayed).toBe(50);
    expect(jumpsIn(reportOf(eventsAs({ arrives })))).toBeUndefined();
  });

  it('was set where the playhead of live content says so, as it may come from the same clock', () => {
    const arrives = (second: number) => second + (second > 25 ? 8 : 0);
    const events = eventsAs({ arrives }, { 'media.contentType': 'Live' });
    expect(jumpsIn(reportOf(events))).toBe(-8);
  });

  it('was not set where a delay grows little by little', () => {
    const arrives = (second: number) => second + second / 4;
    expect(jumpsIn(reportOf(eventsAs({ arrives, playhead: () => 0 })))).toBeUndefined();
  });

  it('was set before the last event where that is a sessionEnd from before what came ahead of it', () => {
    const report = reportOf(eventsAs({ ts: from(51, -40) }));
    expect(report.sessionDetails.timePlayed).toBe(50);
    expect(jumpsIn(report)).toBe(-40);
  });

  it('was set before the last event where that is from before the sessionStart', () => {
    const events = eventsAs({ ts: from(41, -60) }).filter(({ event }) => event.eventType !== 'sessionEnd');
    expect(reportOf(events).sessionDetails.timePlayed).toBe(40);
    expect(jumpsIn(reportOf(events))).toBe(-60);
  });

  it('was not set where the last event was late, for all that is known', () => {
    const events = eventsAs({ ts: from(41, -15) }).filter(({ event }) => event.eventType !== 'sessionEnd');
    expect(jumpsIn(reportOf(events))).toBeUndefined();
  });

  it('counts an event that was sent before it was set, and arrives after that, before it', () => {
    const late = at(30.9, 'error', 29.9, { arrives: 32_000 });
    const events = eventsAs({ ts: from(31, 60) });
    const report = reportOf([...events.slice(0, 5), late, ...events.slice(5)]);
    expect(report.sessionDetails.timePlayed).toBe(50);
    expect(jumpsIn(report)).toBe(60);
    expect(report.diagnostics.find(({ code }) => code === 'out-of-order')).toMatchObject({
      count: 1,
      eventType: 'error',
    });
  });

  it('may be set while events posted at once arrive in any order', () => {
    const late = at(30.9, 'error', 29.9, { arrives: 31_500 });
    const events = eventsAs({ ts: from(31, -15) });
    const report = reportOf([...events.slice(0, 5), late, ...events.slice(5)]);
    expect(report.sessionDetails.timePlayed).toBe(50);
    expect(jumpsIn(report)).toBe(-15);
  });
});

/** The clock is off by some seconds from a time on. */
function from(since: number, seconds: number): (second: number) => number {
  return (second) => second + (second >= since ? seconds : 0);
}

/** Up to a time the clock shows 5 s after the beginning of 1970. */
function in1970Until(last: number): (second: number) => number {
  return (second) => (second <= last ? second + 5 - 1_700_000_000 : second);
}

/** What happens between two times arrives at another. */
function heldUntil(arrival: number, first: number, last: number): (second: number) => number {
  return (second) => (second >= first && second <= last ? arrival : second);
}

function eventsAs({ ts = same, arrives = same, playhead = (second) => second - 1 }: Sent, params = {}): StoredEvent[] {
  return EVENTS.map(([type, second]) =>
    at(ts(second), type, Math.max(0, playhead(second)), {
      arrives: arrives(second) * 1000,
      ...(type === 'sessionStart' && { params }),
    }),
  ).sort((a, b) => a.receivedAt - b.receivedAt);
}

function same(second: number): number {
  return second;
}

/** The largest jump that the report speaks of, in seconds. */
function jumpsIn({ diagnostics }: SessionReport): number | undefined {
  const found = diagnostics.find(({ code }) => code === 'clock-jump');
  const [, seconds] = /the largest of ([+-][\d.]+) s/.exec(found?.message ?? '') ?? [];
  return found && Number(seconds);
}
