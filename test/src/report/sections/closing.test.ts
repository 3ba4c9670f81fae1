import { describe, expect, it } from 'vitest';
import { explainReport } from '../../../../src/report/explain.ts';
import { sessionReport } from '../../../../src/report/report.ts';
import { at, recorded, recordedAsArray, reportOf, START } from '../../../support/report/sessions.ts';

const begin = [at(0, 'sessionStart'), at(0, 'play'), at(10, 'ping', 10)];

describe('a session without a sessionEnd', () => {
  it('closes as idle, 600 s after its last event', () => {
    expect(reportOf(begin)).toMatchObject({
      open: false,
      closeReason: 'idle',
      closedAt: START + 610_000,
      sessionDetails: { secondsSinceLastCall: 600 },
    });
  });

  it('closes as idle after sessionComplete, which closes nothing', () => {
    expect(reportOf([...begin, at(20, 'sessionComplete', 20)])).toMatchObject({ closeReason: 'idle' });
  });

  it('closes as a stall when thirty minutes without movement, and the grace, were over first', () => {
    const pings = Array.from({ length: 179 }, (_, i) => at(20 + i * 10, 'ping', 10));
    expect(reportOf([...begin, ...pings])).toMatchObject({
      closeReason: 'stall',
      closedAt: START + 1_815_000,
      sessionDetails: { secondsSinceLastCall: 15 },
    });
  });
});

describe('a session with a sessionEnd', () => {
  const ended = [...begin, at(20, 'sessionEnd', 20)];

  it('closes when that was received', () => {
    expect(reportOf(ended)).toMatchObject({
      closeReason: 'sessionEnd',
      closedAt: START + 20_000,
      sessionDetails: { secondsSinceLastCall: 0 },
    });
  });

  it('is still open in the grace', () => {
    expect(reportOf(ended, { asOf: START + 24_999 })).toMatchObject({ open: true });
    expect(reportOf(ended, { asOf: START + 25_000 })).toMatchObject({ open: false });
  });

  it('closes at the first of two', () => {
    expect(reportOf([...ended, at(21, 'sessionEnd', 20)])).toMatchObject({ closedAt: START + 20_000 });
  });
});

describe('a downloaded session', () => {
  it('closes when the array is received, also with a sessionEnd in it', () => {
    const { session, events } = recordedAsArray([...begin, at(20, 'sessionEnd', 20)], 3000);
    expect(sessionReport(session, events)).toMatchObject({
      open: false,
      closeReason: 'downloaded',
      closedAt: START + 3_000_000,
      sessionDetails: { secondsSinceLastCall: 0 },
    });
  });
});

describe('an open session', () => {
  it('says of when the report is, and neither why nor when it closes', () => {
    const report = reportOf(begin, { asOf: START + 12_400 });
    expect(report).toMatchObject({ open: true, asOf: START + 12_400, sessionDetails: { secondsSinceLastCall: 2 } });
    expect(report).not.toHaveProperty('closeReason');
    expect(report).not.toHaveProperty('closedAt');
  });

  it('is closed from its deadline on', () => {
    expect(reportOf(begin, { asOf: START + 609_999 })).toMatchObject({ open: true });
    const closed = reportOf(begin, { asOf: START + 610_000 });
    expect(closed).toEqual(reportOf(begin));
    expect(closed).not.toHaveProperty('asOf');
  });
});

describe('a report as of a time in the past', () => {
  const pings = [20, 30, 40].map((second) => at(second, 'ping', second));
  const whole = [...begin, ...pings, at(45, 'sessionEnd', 45)];

  it('is that of the events received until then', () => {
    expect(reportOf(whole, { asOf: START + 20_000 })).toEqual(reportOf(whole.slice(0, 4), { asOf: START + 20_000 }));
    expect(reportOf(whole, { asOf: START + 19_999 })).toMatchObject({
      open: true,
      lastEventAt: START + 10_000,
      eventCount: 3,
      sessionDetails: { timePlayed: 10, secondsSinceLastCall: 10 },
    });
  });

  it('goes by when an event was received, not by when it happened', () => {
    const late = at(5, 'error', 5, { arrives: 25_000 });
    expect(reportOf([...whole.slice(0, 4), late], { asOf: START + 20_000 }).qoeDataDetails.errorCount).toBe(0);
  });

  it('always has the sessionStart', () => {
    expect(reportOf(whole, { asOf: START - 2000 })).toMatchObject({
      open: true,
      startedAt: START,
      eventCount: 1,
      sessionDetails: { secondsSinceLastCall: 0 },
    });
  });

  it('is explained with the places of all events, also where the clocks of two servers differ', () => {
    const { session, events } = recorded(begin);
    const [first, second, third] = events;
    if (!first || !second || !third) throw new Error('There are three events');
    const ahead = { ...second, receivedAt: START + 11_000 };
    const { eventCount } = explainReport(session, [first, ahead, third], { asOf: START + 10_000 });
    expect(eventCount?.events.map(({ index }) => index)).toEqual([0, 2]);
  });
});

describe('the head of a report', () => {
  it('has the times of the client', () => {
    expect(reportOf([...begin, at(5, 'ping', 5, { arrives: 11_000 })])).toMatchObject({
      sid: 'sid',
      startedAt: START,
      lastEventAt: START + 10_000,
      eventCount: 4,
    });
  });

  it('has the ts of the sessionStart as the last one when all others are before it', () => {
    expect(reportOf([at(9, 'sessionStart'), at(5, 'ping')])).toMatchObject({
      startedAt: START + 9000,
      lastEventAt: START + 9000,
    });
  });
});

describe('events that do not begin with a sessionStart', () => {
  it('are refused', () => {
    const { session } = recorded(begin);
    expect(() => sessionReport(session, [])).toThrow(TypeError);
    expect(() => sessionReport(session, begin.slice(1))).toThrow('The first event of a session is its sessionStart');
  });
});
