import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sessionReport } from '../../../src/report/report.ts';
import type { SessionReport } from '../../../src/report/schema/report-schema.ts';
import type { StoredEvent } from '../../../src/session/session.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';
import { codesOf, recorded, START } from '../../support/report/sessions.ts';

/** A documented timeline; in what is expected, false and null mean absent. */
interface Timeline {
  readonly source: string;
  readonly events: readonly { readonly atMs: number; readonly event: MediaEvent }[];
  readonly expected: Expected;
  readonly partial?: { readonly afterEvent: number; readonly atMs: number; readonly expected: Expected };
}

interface Expected {
  readonly diagnostics?: readonly string[];
}

describe.each([1, 2, 3])('the documented timeline %i', (number) => {
  const timeline = read(number);

  it('gives the documented numbers', () => {
    const { session, events } = recorded(storedOf(timeline));
    const { diagnostics: codes, ...expected } = timeline.expected;
    const report = sessionReport(session, events);
    expect(actual(report, expected)).toEqual(expected);
    expect(seriousCodesOf(report)).toEqual(codes);
  });
});

describe('the documented timeline 1, asked for while it plays', () => {
  it('gives the numbers of the events so far', () => {
    const { partial, ...timeline } = read(1);
    if (partial === undefined) throw new Error('Timeline 1 has a report of the open session');
    const { session, events } = recorded(storedOf(timeline).slice(0, partial.afterEvent + 1));
    const report = sessionReport(session, events, { asOf: START + partial.atMs });
    expect(actual(report, partial.expected)).toEqual(partial.expected);
    expect(report.asOf).toBe(START + 43_000);
    expect(report).not.toHaveProperty('closedAt');
    expect(seriousCodesOf(report)).toEqual([]);
  });
});

describe('the documented timelines 1 and 3', () => {
  it.each([1, 3])('have no diagnostics (%i)', (number) => {
    const { session, events } = recorded(storedOf(read(number)));
    expect(codesOf(sessionReport(session, events))).toEqual([]);
  });
});

function read(number: number): Timeline {
  const file = new URL(`../../fixtures/timelines/timeline-${number}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Timeline; // a fixture of ours
}

function storedOf({ events }: Pick<Timeline, 'events'>): StoredEvent[] {
  return events.map(({ event, atMs }) => ({ event, receivedAt: START + atMs }));
}

function seriousCodesOf({ diagnostics }: SessionReport): string[] {
  return diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
}

/** What a report has at the places of `expected`, in its words: what is absent is false or null there. */
function actual(found: unknown, expected: unknown): unknown {
  if (Array.isArray(expected)) {
    return Array.isArray(found) ? found.map((entry, at) => actual(entry, expected[at])) : found;
  }
  if (typeof expected === 'object' && expected !== null) {
    const places = Object.entries(expected).map(([key, value]) => [
      key,
      actual((found as Record<string, unknown> | undefined)?.[key], value),
    ]);
    return Object.fromEntries(places);
  }
  return found ?? (expected === false ? false : null);
}
