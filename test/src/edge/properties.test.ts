import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/common/json.ts';
import { EDGE_EVENT_TYPES, edgeTypeOf } from '../../../src/edge/event-types.ts';
import { createEdgeReader, type EdgeFaults, type EdgeRequest } from '../../../src/edge/read-request.ts';
import { refused } from '../../../src/edge/replies.ts';
import { edgeSchemas } from '../../../src/edge/schema/schemas.ts';
import { edgeEvent } from '../../../src/testing/conformance/edge-samples.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';
import { createValidator } from '../../../src/wire/validate.ts';
import { anyJson, nearEdgeEvents } from '../../support/arbitrary-bodies.ts';
import { itForAny } from '../../support/it-for-any.ts';

const readers = { standard: createEdgeReader('standard'), strict: createEdgeReader('strict') };
const arrival = { pathType: 'any', receivedAt: 1_768_471_260_000 };
const { event, start } = createValidator('standard');

/** What a request may have wrong that no schema can say. */
const BEYOND_SCHEMAS = /^(Empty statesUpdate|A session begins|Expected date and time|Expected events)/;

function allEvents({ starts, downloaded, added }: EdgeRequest): MediaEvent[] {
  return [
    ...starts.map((opened) => opened.event),
    ...downloaded.flatMap(({ events }) => events),
    ...[...added.values()].flat(),
  ];
}

function expectAdmitted(translated: MediaEvent): void {
  const copy = JSON.parse(JSON.stringify(translated)); // as stores have it
  expect(translated.eventType === 'sessionStart' ? start(copy) : event(copy)).toEqual({ event: copy });
}

itForAny('becomes what the Media Collection API takes, whatever it is', 3000, () =>
  fc.property(fc.array(nearEdgeEvents, { minLength: 1, maxLength: 2 }), (events) => {
    const outcome = readers.standard({ events }, arrival);
    if ('reasons' in outcome) expect(outcome.reasons.errors.length).toBeGreaterThan(0);
    else for (const translated of allEvents(outcome)) expectAdmitted(translated);
  }),
);

describe.each(['standard', 'strict'] as const)('in %s, the check', (mode) => {
  const ajv = new Ajv({ allErrors: true });
  const judges = Object.fromEntries(
    EDGE_EVENT_TYPES.map((type) => [type, ajv.compile(structuredClone(edgeSchemas[mode][type]))]),
  );

  function agree(value: unknown): void {
    const type = edgeTypeOf(Object(Object(value).xdm).eventType);
    if (type === 'downloaded') return; // which only its events tell in full
    const outcome: EdgeRequest | EdgeFaults = readers[mode]({ events: [value] }, { ...arrival, pathType: type ?? '' });
    const admitted = type !== undefined && judges[type]?.(value) === true;
    const errors = 'reasons' in outcome ? outcome.reasons.errors : [];
    if (admitted) expect(errors.filter(({ reason }) => !BEYOND_SCHEMAS.test(reason))).toEqual([]);
    else expect(errors.length).toBeGreaterThan(0);
  }

  const another = 'agrees with another JSON Schema validator';
  itForAny(`${another} on events that are right or nearly so`, 2000, () => fc.property(nearEdgeEvents, agree));
  itForAny(`${another} on any JSON`, 500, () => fc.property(anyJson, agree));
});

describe('hostile XDM', () => {
  const list = (count: number, value: string) => Array.from({ length: count }, () => value).join();
  const play = (collection: string) =>
    `{"events":[{"xdm":{"eventType":"media.play","mediaCollection":${collection}}}]}`;
  const bodies = {
    '100,000 events': `{"events":[${list(100_000, '{}')}]}`,
    '1,000 events that are none': `{"events":[${list(1000, '{}')}]}`,
    '100,000 wrong metadata': play(`{"sessionID":"a","customMetadata":[${list(100_000, '{}')}]}`),
    '100,000 wrong states': play(`{"statesStart":[${list(100_000, '7')}]}`).replace('play', 'statesUpdate'),
    '100,000 wrong events offline': `{"events":[{"xdm":{"eventType":"media.downloaded","mediaDownloadedEvents":[${list(100_000, '{}')}]}}]}`,
    'a session id that is an object 10,000 levels deep': play(
      `{"sessionID":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
    ),
    'an event type of 1 MB': `{"events":[{"xdm":{"eventType":"media.${'x'.repeat(1_000_000)}"}}]}`,
    'own __proto__': play('{"__proto__":{"sessionID":"a"}}'),
  };

  it.each(Object.entries(bodies))('%s: refused with at most 50 reasons, in under 16 KB', (_, text) => {
    for (const mode of ['standard', 'strict'] as const) {
      const parsed = parseJson(text);
      if ('reason' in parsed) throw new Error(parsed.reason);
      const outcome = readers[mode](parsed.value, { ...arrival, pathType: 'play' });
      if (!('reasons' in outcome)) throw new Error('It was taken');
      expect(outcome.reasons.errors.length).toBeLessThanOrEqual(50);
      for (const isStart of [true, false]) {
        expect(refused({ ...outcome, isStart }, { requestId: 'x' }).body.length).toBeLessThan(16_000);
      }
    }
  });

  it('keeps what it may keep of names that objects have from birth', () => {
    const identityMap = JSON.parse('{"__proto__":[{"id":"a"}],"constructor":[{"id":"b"}],"x":[null],"y":7}');
    const sessionDetails = JSON.parse('{"name":"a","contentType":"b","__proto__":"c","constructor":"d","toString":1}');
    const element = edgeEvent('sessionStart', undefined, { sessionDetails });
    const outcome = readers.standard({ events: [{ xdm: { ...element.xdm, identityMap } }] }, arrival);
    if ('reasons' in outcome) throw new Error(JSON.stringify(outcome.reasons));
    const params = outcome.starts[0]?.event.params;
    expect(Object.keys(params?.['visitor.customerIDs'] ?? {})).toEqual(['__proto__', 'constructor']);
    expect(params).toMatchObject({ 'media.__proto__': 'c', 'media.constructor': 'd', 'media.toString': 1 });
  });

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withMap: true, withSet: true, withBigInt: true }), (value) => {
        readers.standard(value, arrival);
        readers.strict({ events: [value] }, { ...arrival, pathType: undefined });
        readers.standard({ xdm: value, events: [{ xdm: value }, edgeEvent('sessionStart')] }, arrival);
      }),
    );
  });
});
