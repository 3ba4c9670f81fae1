import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/common/json.ts';
import { documentedStart, events, start, ts } from '../../../src/testing/conformance/samples.ts';
import { EVENT_TYPES, isEventType } from '../../../src/wire/event-types.ts';
import type { ValidationMode } from '../../../src/wire/field.ts';
import { eventSchemas } from '../../../src/wire/schemas.ts';
import { createValidator, type Validation } from '../../../src/wire/validate.ts';
import { anyJson, nearEvents } from '../../support/arbitrary-bodies.ts';
import { itForAny } from '../../support/it-for-any.ts';
import { withOddValues } from '../../support/odd-values.ts';
import { eventsOf, RECORDINGS } from '../../support/recordings.ts';

const validators = {
  standard: createValidator('standard'),
  strict: createValidator('strict'),
  lenient: createValidator('lenient'),
};

/** Checks an event at the place it belongs to. */
function check(mode: ValidationMode, value: unknown): Validation {
  const { eventType } = Object(value);
  return eventType === 'sessionStart' ? validators[mode].start(value) : validators[mode].event(value);
}

/** The reasons by path. */
function reasons(validation: Validation): Record<string, string> {
  const errors = 'reasons' in validation ? validation.reasons.errors : [];
  return Object.fromEntries(errors.map(({ path, reason }) => [path, reason]));
}

/** A start that follows the documentation to the letter. */
const strictStart = {
  ...documentedStart,
  qoeData: { 'media.qoe.bitrate': 3000 },
};

it('is of one of three modes', () => {
  expect(() => createValidator('lax' as never)).toThrow("the mode must be 'standard', 'strict' or 'lenient'");
});

describe('standard', () => {
  it('says so of a number that is none any more', () => {
    const event = JSON.parse('{"eventType":"ping","playerTime":{"playhead":1e999,"ts":1}}');
    expect(reasons(check('standard', event))).toEqual({
      '$.playerTime.playhead': 'Expected number or null, got Infinity',
    });
  });

  it('takes one event of each type, and gives it back as it is', () => {
    for (const event of [start, ...Object.values(events)]) expect(check('standard', event)).toEqual({ event });
  });

  it.each(RECORDINGS)('takes every event of $name', (recording) => {
    for (const event of eventsOf(recording)) expect(reasons(check('standard', event))).toEqual({});
  });

  it('takes the sample body of the documentation', () => {
    expect(reasons(check('standard', documentedStart))).toEqual({});
  });

  it('wants the keys every SDK always sends', () => {
    expect(reasons(check('standard', { eventType: 'sessionStart' }))).toEqual({
      '$.playerTime': 'Missing required field',
      '$.params': 'Missing required field',
    });
    expect(reasons(check('standard', { eventType: 'chapterStart', playerTime: {}, params: {} }))).toEqual({
      '$.playerTime.playhead': 'Missing required field',
      '$.playerTime.ts': 'Missing required field',
      "$.params['media.chapter.index']": 'Missing required field',
      "$.params['media.chapter.offset']": 'Missing required field',
      "$.params['media.chapter.length']": 'Missing required field',
    });
  });

  it('checks the type of every key it knows, one wrong type for each', () => {
    const wrong: unknown[] = [[], {}, 'text', 7.5, true, null];
    for (const type of EVENT_TYPES) {
      const { params } = eventSchemas.standard[type].properties as { params: { properties: object } };
      for (const key of Object.keys(params.properties)) {
        const good = check('standard', type === 'sessionStart' ? start : events[type]);
        expect('event' in good).toBe(true);
        const base = type === 'sessionStart' ? start : events[type];
        const refused = wrong.filter((value) => {
          const found = reasons(check('standard', { ...base, params: { ...base.params, [key]: value } }));
          return Object.keys(found).some((path) => path.startsWith(`$.params`) && path.includes(key));
        });
        expect(refused.length, key).toBeGreaterThanOrEqual(4);
      }
    }
  });

  it('keeps keys it does not know, whatever their value, but only scalars in qoeData', () => {
    const event = {
      ...events.ping,
      later: { a: [1] },
      params: { 'media.later': [{}] },
      qoeData: { param1: 'x', n: null },
    };
    expect(check('standard', event)).toEqual({ event });
    expect(reasons(check('standard', { ...events.ping, qoeData: { a: {} } }))).toEqual({
      '$.qoeData.a': 'Expected string, number, boolean or null, got object',
    });
  });

  it('takes an error as the documentation has it and as SDKs send it', () => {
    const documented = { 'media.errorId': 'e', 'media.errorSource': 'player' };
    expect(reasons(check('standard', { ...events.error, qoeData: undefined, params: documented }))).toEqual({});
    expect(reasons(check('standard', events.error))).toEqual({});
    expect(reasons(check('standard', { ...events.error, params: { 'media.errorId': 4 } }))).toEqual({
      "$.params['media.errorId']": 'Expected string, got number',
    });
  });
});

describe('strict', () => {
  it('takes a start that has all the documented keys, and names those that lack', () => {
    expect(reasons(check('strict', strictStart))).toEqual({});
    expect(Object.keys(reasons(check('strict', start)))).toEqual(
      [
        'analytics.trackingServer',
        'analytics.reportSuite',
        'visitor.marketingCloudOrgId',
        'media.playerName',
        'media.channel',
      ].map((key) => `$.params['${key}']`),
    );
  });

  it('takes no nulls', () => {
    const value = { ...strictStart, playerTime: { playhead: null, ts }, qoeData: { 'media.qoe.bitrate': null } };
    expect(reasons(check('strict', value))).toEqual({
      '$.playerTime.playhead': 'Expected number, got null',
      "$.qoeData['media.qoe.bitrate']": 'Expected integer, got null',
    });
  });

  it('takes no unknown keys anywhere, nor odd names of metadata and states', () => {
    const customerIDs = { me: { id: 'a', authState: 1, extra: 1 } };
    const value = {
      ...strictStart,
      extra: 1,
      playerTime: { playhead: 0, ts, extra: 1 },
      params: { ...strictStart.params, 'media.extra': 1, 'visitor.customerIDs': customerIDs },
      customMetadata: { 'a-b': 'x', ok: 'x' },
      qoeData: { param1: 'x', __proto__: null },
    };
    expect(Object.keys(reasons(check('strict', value))).sort()).toEqual([
      "$.customMetadata['a-b']",
      '$.extra',
      "$.params['media.extra']",
      "$.params['visitor.customerIDs'].me.extra",
      '$.playerTime.extra',
      '$.qoeData.param1',
    ]);
    expect(reasons(check('strict', { ...events.stateStart, params: { 'media.state.name': 'a b' } }))).toEqual({
      "$.params['media.state.name']": 'Expected string matching ^[a-zA-Z0-9_.]{1,64}$, got string',
    });
  });

  it('wants the id and source of an error in qoeData', () => {
    expect(reasons(check('strict', { ...events.error, qoeData: undefined }))).toHaveProperty(['$.qoeData']);
    expect(reasons(check('strict', events.error))).toEqual({});
  });

  itForAny('takes nothing that standard refuses', 2000, () =>
    fc.property(nearEvents, (value) => {
      if ('event' in check('strict', value)) expect(reasons(check('standard', value))).toEqual({});
    }),
  );
});

describe('lenient', () => {
  itForAny('takes all that standard takes', 2000, () =>
    fc.property(nearEvents, (value) => {
      if ('event' in check('standard', value)) expect(check('lenient', value)).toEqual({ event: value });
    }),
  );

  itForAny('keeps any value of a key that may be left out, as it came', 2000, () =>
    fc.property(fc.constantFrom(start, ...Object.values(events)).chain(withOddValues), (event) => {
      expect(check('lenient', event)).toEqual({ event });
    }),
  );

  it('wants what carries a session, of the same types as standard', () => {
    const wanted = EVENT_TYPES.map((type) => {
      const { playerTime, params } = eventSchemas.lenient[type].properties ?? {};
      expect(playerTime).toEqual(eventSchemas.standard[type].properties?.['playerTime']);
      for (const key of params?.required ?? []) {
        expect(params?.properties?.[key]).toEqual(
          eventSchemas.standard[type].properties?.['params']?.properties?.[key],
        );
      }
      return [type, params?.required ?? []] as const;
    });
    expect(Object.fromEntries(wanted.filter(([, keys]) => keys.length > 0))).toEqual({
      sessionStart: ['media.id', 'media.contentType', 'media.length'],
      adBreakStart: ['media.ad.podIndex'],
      adStart: ['media.ad.id'],
      chapterStart: ['media.chapter.index'],
      stateStart: ['media.state.name'],
      stateEnd: ['media.state.name'],
    });
  });

  it('says of the rest what is wrong, and nothing of what it keeps', () => {
    const value = { ...start, params: { ...start.params, 'media.length': '600', 'media.show': 7 }, customMetadata: 1 };
    expect(reasons(check('lenient', value))).toEqual({
      "$.params['media.length']": 'Expected number or null, got string',
    });
  });
});

describe.each(['standard', 'strict', 'lenient'] as const)('in %s, the check', (mode) => {
  const ajv = new Ajv({ allErrors: true });
  const judges = Object.fromEntries(
    EVENT_TYPES.map((type) => [type, ajv.compile(structuredClone(eventSchemas[mode][type]))]),
  );

  function agree(value: unknown): void {
    const { eventType } = Object(value);
    const validation = check(mode, value);
    const admitted = isEventType(eventType) && judges[eventType]?.(value) === true;
    expect('event' in validation, JSON.stringify(validation)).toBe(admitted);
    if ('reasons' in validation) expect(validation.reasons.errors.length).toBeGreaterThan(0);
  }

  it('agrees with another JSON Schema validator on every recorded event', () => {
    for (const event of RECORDINGS.flatMap(eventsOf)) agree(event);
  });

  itForAny('agrees with it on events that are right and on events that are nearly so', 3000, () =>
    fc.property(nearEvents, agree),
  );

  itForAny('agrees with it on any JSON', 1000, () => fc.property(anyJson, agree));
});

describe('an event of unknown type, or in the wrong place', () => {
  it('is held against all that is certain', () => {
    const value = { eventType: 'pong', playerTime: { ts: 'x' }, customMetadata: { a: 1 }, params: { any: 1 } };
    expect(Object.keys(reasons(validators.strict.event(value)))).toEqual([
      '$.eventType',
      '$.playerTime.playhead',
      '$.playerTime.ts',
      '$.customMetadata.a',
    ]);
    expect(Object.keys(reasons(validators.standard.start({ eventType: 7 })))).toEqual([
      '$.eventType',
      '$.playerTime',
      '$.params',
    ]);
    expect(reasons(validators.standard.event({ ...events.ping, eventType: 'pong', params: 'text' }))).toMatchObject({
      '$.params': 'Expected object, got string',
    });
  });

  it('is told what it sent before the long list of what there is, since logs cut the end', () => {
    expect(reasons(validators.standard.event({ ...events.ping, eventType: 'Ping' }))).toEqual({
      '$.eventType': expect.stringMatching(/^Got "Ping", expected one of sessionStart, play, /),
    });
  });

  it('is told apart from what is no object', () => {
    for (const [value, type] of [
      [null, 'null'],
      [[], 'array'],
      ['x', 'string'],
      [7, 'number'],
    ] as const) {
      expect(reasons(validators.standard.event(value))).toEqual({ $: `Expected object, got ${type}` });
    }
  });
});

describe('hostile JSON', () => {
  const keys = (count: number, value: string) => Array.from({ length: count }, (_, i) => `"k${i}":${value}`).join();
  const bodies = {
    '10,000 levels deep': `{"eventType":"ping","params":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
    '100,000 wrong metadata': `{"eventType":"ping","customMetadata":{${keys(100_000, '1')}}}`,
    '100,000 unknown keys': `{"eventType":"ping",${keys(100_000, 'null')}}`,
    '100,000 qoe objects': `{"eventType":"ping","qoeData":{${keys(100_000, '{}')}}}`,
    'a key of 1 MB': `{"eventType":"ping","customMetadata":{"${'k'.repeat(1_000_000)}":1}}`,
    'own __proto__': '{"eventType":"ping","playerTime":{"__proto__":{"ts":1,"playhead":1}},"__proto__":{"a":1}}',
  };

  it.each(Object.entries(bodies))('%s: refused with at most 50 reasons, each short', (_, text) => {
    for (const mode of ['standard', 'strict', 'lenient'] as const) {
      const parsed = parseJson(text);
      if ('reason' in parsed) continue;
      const validation = check(mode, parsed.value);
      expect('reasons' in validation).toBe(true);
      if (!('reasons' in validation)) continue;
      expect(validation.reasons.errors.length).toBeLessThanOrEqual(50);
      for (const { path, reason } of validation.reasons.errors) expect(path.length + reason.length).toBeLessThan(400);
    }
  });

  it('never makes the check throw', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withMap: true, withSet: true, withBigInt: true }), (value) => {
        validators.standard.start(value);
        validators.strict.event(value);
      }),
    );
  });
});
