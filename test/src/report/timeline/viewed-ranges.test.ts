import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../../src/session/session.ts';
import { at, reportOf } from '../../../support/report/sessions.ts';

const begin = [at(0, 'sessionStart'), at(0, 'play')];

describe('uniqueTimePlayed', () => {
  it('is the content viewed at least once', () => {
    expect(uniqueIn([at(10, 'ping', 10), at(20, 'ping', 20)])).toBe(20);
  });

  it('counts what is viewed again once', () => {
    const rewind = [at(20, 'pauseStart', 20), at(21, 'play', 5)];
    expect(uniqueIn([at(20, 'ping', 20), ...rewind, at(31, 'ping', 15), at(41, 'ping', 25)])).toBe(25);
  });

  it('joins what was viewed out of order', () => {
    const seek = (to: number, second: number) => [at(second, 'pauseStart', 0), at(second, 'play', to)];
    const events = [
      ...seek(40, 1),
      at(11, 'ping', 50),
      ...seek(20, 12),
      at(22, 'ping', 30),
      ...seek(28, 23),
      at(35, 'ping', 40),
    ];
    expect(uniqueIn(events)).toBe(30); // 40 to 50, 20 to 30, 28 to 40
  });

  it('does not count a seek', () => {
    expect(uniqueIn([at(10, 'ping', 42)])).toBe(0);
    expect(uniqueIn([at(10, 'ping', 10), at(20, 'ping', 3)])).toBe(10);
  });

  it('counts up to triple speed and a second', () => {
    expect(uniqueIn([at(10, 'ping', 31)])).toBe(31);
    expect(uniqueIn([at(10, 'ping', 31.1)])).toBe(0);
  });

  it('tells triple speed and a second to the millisecond, also at midnight', () => {
    expect(uniqueFrom(1.2, at(10, 'ping', 32.2))).toBe(31);
    expect(uniqueFrom(1.2, at(10, 'ping', 32.201))).toBe(0);
    expect(uniqueFrom(86_399.98, at(0.1, 'ping', 1.28))).toBe(1);
    expect(uniqueFrom(86_399.98, at(0.1, 'ping', 1.281))).toBe(0);
  });

  it('adds up fractions of a second exactly', () => {
    const steps = Array.from({ length: 5 }, (_, i) => [
      at(2 * i, 'play', 10 * i),
      at(2 * i + 0.1, 'ping', 10 * i + 0.1),
    ]);
    expect(uniqueIn(steps.flat())).toBe(1); // 0.5, half up
  });

  it('goes over a live midnight', () => {
    const live = [at(0, 'sessionStart', 86_390), at(0, 'play', 86_390), at(10, 'ping', 86_400), at(20, 'ping', 9)];
    expect(reportOf(live).sessionDetails.uniqueTimePlayed).toBe(19);
    const across = [at(0, 'sessionStart', 86_395), at(0, 'play', 86_395), at(10, 'ping', 5)];
    expect(reportOf(across).sessionDetails.uniqueTimePlayed).toBe(10);
  });

  it('takes a fall from beyond the day for a seek', () => {
    const events = [at(0, 'sessionStart', 86_401), at(0, 'play', 86_401), at(10, 'ping', 5)];
    expect(reportOf(events).sessionDetails.uniqueTimePlayed).toBe(0);
  });

  it('goes on from the last playhead known over an unknown one', () => {
    expect(uniqueIn([at(5, 'ping', 5), at(10, 'ping', null), at(15, 'ping', 15)])).toBe(15);
  });

  it('counts content only', () => {
    expect(uniqueIn([at(10, 'pauseStart', 10), at(20, 'ping', 20)])).toBe(10);
    expect(uniqueIn([at(10, 'adBreakStart', 10), at(20, 'ping', 20), at(20, 'adBreakComplete', 20)])).toBe(10);
  });
});

function uniqueIn(events: readonly StoredEvent[]): number {
  return reportOf([...begin, ...events]).sessionDetails.uniqueTimePlayed;
}

function uniqueFrom(playhead: number, event: StoredEvent): number {
  return reportOf([at(0, 'sessionStart', playhead), at(0, 'play', playhead), event]).sessionDetails.uniqueTimePlayed;
}
