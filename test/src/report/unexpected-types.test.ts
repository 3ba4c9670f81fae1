import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainReport } from '../../../src/report/explain.ts';
import { sessionReport } from '../../../src/report/report.ts';
import { reportSchema, type SessionReport } from '../../../src/report/schema/report-schema.ts';
import type { StoredEvent } from '../../../src/session/session.ts';
import { standardEvent } from '../../../src/wire/standard-event.ts';
import { itForAny } from '../../support/it-for-any.ts';
import { withOddValues } from '../../support/odd-values.ts';
import { arbitrarySession } from '../../support/report/arbitrary-session.ts';
import { at, recorded, reportOf } from '../../support/report/sessions.ts';

const validate = new Ajv({ allErrors: true }).compile(reportSchema);

const oddSession: fc.Arbitrary<StoredEvent[]> = arbitrarySession({ scrambled: true }).chain((events) =>
  fc.tuple(...events.map((stored) => withOddValues(stored.event).map((event) => ({ ...stored, event })))),
);

describe('the report of a session with any values where lenient asks for none', () => {
  itForAny('is that of the session without those of wrong types, and says so', 300, () =>
    fc.property(oddSession, (arriving) => {
      const { session, events } = recorded(arriving);
      const report = sessionReport(session, events);
      const without = events.map((stored) => ({ ...stored, event: standardEvent(stored.event) }));
      expect(numbersOf(report)).toEqual(numbersOf(sessionReport(session, without)));
      if (isOdd(events)) expect(report.diagnostics.map(({ code }) => code)).toContain('unexpected-types');
    }),
  );

  it('is tried on sessions most of which have a value of a wrong type', () => {
    expect(fc.sample(oddSession, 100).filter(isOdd).length).toBeGreaterThan(50);
  });

  itForAny('is as its schema says, as JSON too, and can be explained', 300, () =>
    fc.property(oddSession, (arriving) => {
      const { session, events } = recorded(arriving);
      const report = sessionReport(session, events);
      validate(JSON.parse(JSON.stringify(report)));
      expect(validate.errors ?? []).toEqual([]);
      explainReport(session, events);
    }),
  );
});

describe('unexpected-types', () => {
  it('names five keys, and only counts the rest, however many a client makes up', () => {
    const customMetadata = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${at}${'x'.repeat(99)}`, at]));
    const { diagnostics } = reportOf([at(0, 'sessionStart', 0, { customMetadata: customMetadata as never })]);
    const found = diagnostics.find(({ code }) => code === 'unexpected-types');
    expect(found?.count).toBe(500);
    expect(found?.message).toMatch(/got number, expected string; 495 more;/);
    expect(found?.message.length).toBeLessThan(1000);
  });

  it('is about an ad without a length, or one of null where that is not sent, which counts all the same', () => {
    const ad = at(2, 'adStart');
    const report = reportOf([
      at(0, 'sessionStart'),
      at(1, 'adBreakStart', 0, { params: { 'media.ad.podSecond': null } }),
      { ...ad, event: { ...ad.event, params: { 'media.ad.id': 'ad' } } as StoredEvent['event'] },
      at(12, 'adComplete'),
      at(12.1, 'adBreakComplete'),
    ]);
    expect(report.ads[0]).toMatchObject({ advertisingDetails: { name: 'ad', isCompleted: true, timePlayed: 10 } });
    expect(report.ads[0]?.advertisingDetails).not.toHaveProperty('length');
    expect(report.ads[0]?.advertisingPodDetails).not.toHaveProperty('offset');
    expect(report.diagnostics.find(({ code }) => code === 'unexpected-types')?.message).toMatch(
      /podSecond'\] got null, expected number; .*podPosition'\] got nothing, .*length'\] got nothing, expected number or null;/,
    );
  });
});

/** Tells whether an event has a value of a wrong type. */
function isOdd(events: readonly StoredEvent[]): boolean {
  return events.some(({ event }) => standardEvent(event) !== event);
}

/** The report without its diagnostics, which tell of what was left out. */
function numbersOf({ diagnostics: _, ...numbers }: SessionReport): Omit<SessionReport, 'diagnostics'> {
  return numbers;
}
