import { describe, expect, it } from 'vitest';
import type { PlayerState } from '../../../../src/report/schema/report-schema.ts';
import type { StoredEvent } from '../../../../src/session/session.ts';
import { at, reportOf } from '../../../support/report/sessions.ts';

describe('a player state', () => {
  it('is on from its start to its end', () => {
    expect(statesIn([on(2), off(7)])).toEqual([{ name: 'mute', isSet: true, count: 1, time: 5 }]);
  });

  it('adds up over several times', () => {
    expect(statesIn([on(2), off(7), on(10), off(11)])).toMatchObject([{ count: 2, time: 6 }]);
  });

  it('is on through pauses, ads and buffering', () => {
    const between = [at(3, 'pauseStart'), at(4, 'bufferStart'), at(5, 'adBreakStart'), at(5, 'adStart')];
    expect(statesIn([on(2), ...between, off(7)])).toMatchObject([{ time: 5 }]);
  });

  it('still on at the last event was on up to it, also at sessionEnd', () => {
    expect(statesIn([on(2), at(7, 'ping')])).toMatchObject([{ time: 5 }]);
    expect(statesIn([on(2), at(9, 'sessionEnd')])).toMatchObject([{ time: 7 }]);
  });

  it('is not started again while on, nor ended while off', () => {
    expect(statesIn([off(1), on(2), on(4), off(7), off(8)])).toMatchObject([{ count: 1, time: 5 }]);
  });

  it('has the name of the standard one in any case', () => {
    const names = ['fullScreen', 'FULLSCREEN', 'MUTE', 'closedcaptioning', 'pictureinpicture', 'infocus'];
    const starts = names.map((name, i) => on(i, name));
    expect(statesIn(starts).map(({ name }) => name)).toEqual([
      'fullscreen',
      'mute',
      'closedCaptioning',
      'pictureInPicture',
      'inFocus',
    ]);
  });

  it('has another name as it was sent', () => {
    expect(statesIn([on(1, 'Custom'), on(2, 'custom')]).map(({ name }) => name)).toEqual(['Custom', 'custom']);
  });

  it('does not count what a clock that jumped says', () => {
    const jump = at(5000, 'ping', 0, { arrives: 20_000 });
    expect(statesIn([on(2), jump])).toMatchObject([{ time: 18 }]);
  });
});

describe('the player states of a session', () => {
  it('are in the order of their first start', () => {
    expect(statesIn([on(1, 'b'), on(2, 'a'), off(3, 'b'), on(4, 'b')]).map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('are the first ten', () => {
    const names = Array.from({ length: 12 }, (_, i) => `s${i}`);
    const starts = names.map((name, i) => on(i, name));
    expect(statesIn([...starts, off(20, 's11'), on(21, 's3')]).map(({ name }) => name)).toEqual(names.slice(0, 10));
  });
});

function on(second: number, name = 'mute'): StoredEvent {
  return at(second, 'stateStart', 0, { params: { 'media.state.name': name } });
}

function off(second: number, name = 'mute'): StoredEvent {
  return at(second, 'stateEnd', 0, { params: { 'media.state.name': name } });
}

function statesIn(events: readonly StoredEvent[]): PlayerState[] {
  return reportOf([at(0, 'sessionStart'), ...events]).states;
}
