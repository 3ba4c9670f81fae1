import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { events, start } from '../../../src/testing/conformance/samples.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';
import { readEvent, standardEvent, type UnexpectedValue } from '../../../src/wire/standard-event.ts';
import { createValidator } from '../../../src/wire/validate.ts';
import { nearEvents } from '../../support/arbitrary-bodies.ts';
import { eventsOf, RECORDINGS } from '../../support/recordings.ts';

const validators = { standard: createValidator('standard'), lenient: createValidator('lenient') };

function admits(mode: 'standard' | 'lenient', value: unknown): value is MediaEvent {
  const validator = validators[mode];
  return 'event' in validator.start(value) || 'event' in validator.event(value);
}

function unexpectedIn(event: MediaEvent): UnexpectedValue[] {
  const found: UnexpectedValue[] = [];
  readEvent(event, { values: 0, unexpected: (describe) => found.push(describe()) });
  return found;
}

describe('standardEvent', () => {
  it('gives the very event where every value is expected', () => {
    for (const event of [start, ...Object.values(events)]) expect(standardEvent(event)).toBe(event);
    for (const event of RECORDINGS.flatMap(eventsOf)) expect(standardEvent(event as MediaEvent)).toBe(event);
  });

  it('leaves out what has another type, and nothing else, and leaves the event alone', () => {
    const sent = {
      ...start,
      params: { ...start.params, 'media.show': 7, 'media.later': [1] },
      customMetadata: { a: 'x', b: 1, c: null },
      qoeData: 'none',
    };
    const before = structuredClone(sent);
    const { qoeData: _none, ...rest } = sent;
    const { 'media.show': _seven, ...params } = sent.params;
    expect(standardEvent(sent)).toEqual({ ...rest, params, customMetadata: { a: 'x' } });
    expect(sent).toEqual(before);
  });

  it('leaves out a customer id that lacks a part, and keeps the others', () => {
    const customerIDs = { good: { id: 'a', authState: 1 }, bad: { id: 5, authState: 1 }, half: { id: 'b' } };
    const sent = { ...start, params: { ...start.params, 'visitor.customerIDs': customerIDs } };
    expect(standardEvent(sent).params).toMatchObject({ 'visitor.customerIDs': { good: customerIDs.good } });
    expect(unexpectedIn(sent)).toEqual([
      { path: "$.params['visitor.customerIDs'].bad.id", got: 'number', expected: 'string' },
      { path: "$.params['visitor.customerIDs'].half.authState", got: 'nothing', expected: '0, 1 or 2' },
    ]);
  });

  it('tells of an ad without a length', () => {
    const { 'media.ad.length': _length, ...params } = events.adStart.params;
    const sent = { ...events.adStart, params };
    expect(standardEvent(sent)).toBe(sent);
    expect(unexpectedIn(sent)).toEqual([
      { path: "$.params['media.ad.length']", got: 'nothing', expected: 'number or null' },
    ]);
  });

  it('is at odds with the standard schema in no value, whatever lenient takes', () => {
    let taken = 0;
    fc.assert(
      fc.property(nearEvents, (value) => {
        if (!admits('lenient', value)) return;
        const read = standardEvent(value);
        const missing = unexpectedIn(value).map(({ path }) => path);
        const validation =
          read.eventType === 'sessionStart' ? validators.standard.start(read) : validators.standard.event(read);
        const errors = 'reasons' in validation ? validation.reasons.errors : [];
        for (const { path, reason } of errors) {
          expect(reason).toBe('Missing required field');
          expect(missing).toContain(path);
        }
        if (admits('standard', value)) expect(read).toBe(value);
        else taken += 1;
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(50);
  });
});
