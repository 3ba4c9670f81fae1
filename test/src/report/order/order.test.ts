import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../../src/session/session.ts';
import type { EventType } from '../../../../src/wire/event-types.ts';
import { at, inOrderOfTime, reportOf } from '../../../support/report/sessions.ts';

describe('the order of events', () => {
  it('is that of ts, whatever the order of arrival', () => {
    expect(orderOf([at(0, 'sessionStart'), at(3, 'ping'), at(1, 'play'), at(2, 'pauseStart')])).toEqual(
      typesIn('sessionStart play pauseStart ping'),
    );
  });

  it('puts sessionStart first whatever its ts', () => {
    expect(orderOf([at(9, 'sessionStart'), at(3, 'play')])).toEqual(typesIn('sessionStart play'));
  });

  it('keeps the order of arrival of what is equal', () => {
    const events = [at(0, 'sessionStart'), at(1, 'ping', 1), at(1, 'play', 2), at(1, 'error', 3)];
    expect(inOrderOfTime(events)).toEqual(events);
  });

  it('leaves the array it is given as it was', () => {
    const events = [at(0, 'sessionStart'), at(2, 'ping'), at(1, 'play')];
    inOrderOfTime(events);
    expect(events.map(({ event }) => event.eventType)).toEqual(typesIn('sessionStart ping play'));
  });

  it('puts a play behind the brackets of its instant', () => {
    expect(orderAt('play adStart adBreakStart')).toEqual(typesIn('adBreakStart adStart play'));
  });

  it('puts sessionComplete behind everything of its instant but sessionEnd', () => {
    expect(orderAt('sessionEnd sessionComplete ping chapterStart')).toEqual(
      typesIn('chapterStart ping sessionComplete sessionEnd'),
    );
  });
});

describe('a pause for an ad of the same instant', () => {
  it('comes before its brackets, as it would a millisecond earlier', () => {
    expect(orderAt('pauseStart adBreakStart adStart')).toEqual(typesIn('pauseStart adBreakStart adStart'));
  });

  it('comes with what the player did up to it, and with nothing else', () => {
    expect(orderAt('ping play bufferStart adBreakStart pauseStart chapterStart adStart play')).toEqual(
      typesIn('play bufferStart pauseStart adBreakStart chapterStart adStart ping play'),
    );
  });

  it('is none where it arrived behind the first adStart', () => {
    expect(orderAt('play adBreakStart adStart pauseStart adSkip adStart')).toEqual(
      typesIn('adBreakStart adStart adSkip adStart play pauseStart'),
    );
  });

  it('is none where no ad starts', () => {
    expect(orderAt('pauseStart adBreakStart')).toEqual(typesIn('adBreakStart pauseStart'));
  });

  it('gives the numbers of events that are a millisecond apart', () => {
    const events = (apart: number) => [
      ...[at(0, 'sessionStart'), at(1, 'play'), at(11, 'pauseStart', 10)],
      ...[at(11 + apart, 'adBreakStart', 10), at(11 + 2 * apart, 'adStart', 10)],
      ...[at(26, 'adComplete', 10), at(26.001, 'adBreakComplete', 10), at(27, 'play', 10), at(30, 'ping', 13)],
    ];
    const numbersOf = (apart: number) => {
      const { sessionDetails, ads, diagnostics } = reportOf(events(apart));
      return { sessionDetails, ads, codes: diagnostics.map(({ code }) => code).filter((code) => code !== 'equal-ts') };
    };
    expect(numbersOf(0)).toEqual(numbersOf(0.001));
    expect(numbersOf(0).codes).toEqual(['ad-while-paused']);
  });
});

describe('the order of brackets at one instant', () => {
  it('puts adStart behind the adBreakStart it arrived before', () => {
    expect(orderAt('adStart adBreakStart')).toEqual(typesIn('adBreakStart adStart'));
  });

  it('ends one ad before it starts the next', () => {
    expect(orderAt('adStart adComplete', 'adBreakStart adStart')).toEqual(typesIn('adComplete adStart'));
  });

  it('ends one break before it starts the next', () => {
    expect(orderAt('adBreakStart adBreakComplete adStart adComplete', 'adBreakStart adStart')).toEqual(
      typesIn('adComplete adBreakComplete adBreakStart adStart'),
    );
  });

  it('starts an ad in the break that starts, not in the one that ends', () => {
    expect(orderAt('adStart adBreakStart adBreakComplete', 'adBreakStart')).toEqual(
      typesIn('adBreakComplete adBreakStart adStart'),
    );
  });

  it('starts an ad that was dismissed at once in the break that ends', () => {
    expect(orderAt('adStart adSkip adBreakComplete adBreakStart', 'adBreakStart')).toEqual(
      typesIn('adStart adSkip adBreakComplete adBreakStart'),
    );
  });

  it('takes two breaks as they arrived when the ad of the first was dismissed at once', () => {
    const arriving = 'adBreakStart adStart adSkip adBreakComplete adBreakStart adStart';
    expect(orderAt(arriving)).toEqual(typesIn(arriving));
  });

  it('starts an ad in the open break when that ends and no other starts', () => {
    expect(orderAt('adStart adBreakComplete adComplete', 'adBreakStart')).toEqual(
      typesIn('adStart adComplete adBreakComplete'),
    );
  });

  it('starts an ad before it ends when it was dismissed at once', () => {
    expect(orderAt('adSkip adStart', 'adBreakStart')).toEqual(typesIn('adStart adSkip'));
  });

  it('takes what fits as it arrived', () => {
    expect(orderAt('chapterStart adBreakStart chapterComplete stateStart adStart')).toEqual(
      typesIn('chapterStart adBreakStart chapterComplete stateStart adStart'),
    );
  });

  it('takes what starts to fit before what arrived later', () => {
    expect(orderAt('chapterComplete adStart chapterStart adBreakStart')).toEqual(
      typesIn('chapterStart chapterComplete adBreakStart adStart'),
    );
  });

  it('takes by type what fits nowhere: the ends of ads, chapters and states, then the starts', () => {
    expect(orderAt('adStart stateEnd chapterSkip chapterComplete adBreakComplete adSkip adComplete')).toEqual(
      typesIn('adComplete adSkip adBreakComplete chapterComplete chapterSkip stateEnd adStart'),
    );
  });

  it('goes on with what fits once something was taken that did not', () => {
    expect(orderAt('adBreakStart adStart', 'adBreakStart adStart')).toEqual(typesIn('adBreakStart adStart'));
  });

  it('tells states apart by their names', () => {
    const state = (name: string) => ({ params: { 'media.state.name': name } });
    const [a, b] = [state('a'), state('b')];
    const events = [
      at(0, 'sessionStart'),
      at(1, 'stateEnd', 0, a),
      at(1, 'stateStart', 0, b),
      at(1, 'stateStart', 0, a),
    ];
    const [start, endA, startB, startA] = events;
    expect(inOrderOfTime(events)).toEqual([start, startB, startA, endA]);
  });

  it('takes the five standard states for the same in any case', () => {
    const events = [
      at(0, 'sessionStart'),
      at(1, 'stateEnd', 0, { params: { 'media.state.name': 'fullscreen' } }),
      at(1, 'stateStart', 0, { params: { 'media.state.name': 'fullScreen' } }),
    ];
    expect(orderOf(events)).toEqual(typesIn('sessionStart stateStart stateEnd'));
  });

  it('takes time in proportion to the events, however few of them fit', () => {
    const endsFirst = [at(0, 'sessionStart'), ...many(20_000, 'adComplete'), ...many(20_000, 'chapterSkip')];
    const pairs = Array.from({ length: 20_000 }, (_, i) => at(1, i % 2 === 0 ? 'adBreakStart' : 'adBreakComplete'));
    const before = process.cpuUsage().user;
    expect(inOrderOfTime([...endsFirst, ...pairs])).toHaveLength(60_001);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(4_000); // ms: some 100, or many times 4,000
  });
});

function many(length: number, type: EventType): StoredEvent[] {
  return Array.from({ length }, () => at(1, type));
}

function typesIn(types: string): string[] {
  return types.split(' ');
}

function orderOf(events: readonly StoredEvent[]): string[] {
  return inOrderOfTime(events).map(({ event }) => event.eventType);
}

/** The order of events of one instant that arrive like this; `before` happened one after the other. */
function orderAt(arriving: string, before = ''): string[] {
  const earlier = typesIn(before).filter(Boolean);
  const events = [
    at(0, 'sessionStart'),
    ...earlier.map((type, second) => at(second + 1, type as EventType)),
    ...typesIn(arriving).map((type) => at(10, type as EventType)),
  ];
  return orderOf(events).slice(1 + earlier.length);
}
