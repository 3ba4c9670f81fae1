import fc from 'fast-check';
import type { MediaEvent } from '../../src/wire/events.ts';
import type { JsonSchema } from '../../src/wire/json-schema.ts';
import { eventSchemas } from '../../src/wire/schemas.ts';

const oddValue = fc.oneof(
  fc.constantFrom(null, true, false, '', '600', 'live', 0, -1, 7, 1.5, 2 ** 53, [], {}, [1], { id: 'x' }),
  fc.constantFrom({ 'media.qoe.bitrate': '800', 'media.qoe.droppedFrames': [] }, { 'media.qoe.errorID': 4, a: {} }),
  fc.constantFrom({ a: 1, b: 'x', __proto__: null }, { me: { id: 7 }, you: { id: 'x', authState: 1 }, none: null }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The same event with any values at some of the keys of which the lenient schema asks nothing. */
export function withOddValues(event: MediaEvent): fc.Arbitrary<MediaEvent> {
  const { params, ...others } = eventSchemas.lenient[event.eventType].properties ?? {};
  const some = (schemas: Readonly<Record<string, JsonSchema>> = {}) => {
    const keys = Object.keys(schemas).filter((key) => isFree(schemas[key]));
    return fc.record(Object.fromEntries(keys.map((key) => [key, fc.option(oddValue, { nil: undefined, freq: 1 })])));
  };
  const ofParams = isFree(params)
    ? oddValue
    : some(params?.properties).map((odd) => ({ ...Object(event.params), ...odd }));
  return fc.tuple(some(others), ofParams, fc.boolean()).map(([odd, oddParams, isSound]) => {
    if (isSound) return event;
    return JSON.parse(JSON.stringify({ ...event, ...odd, params: oddParams }));
  });
}

function isFree(schema: JsonSchema | undefined): boolean {
  return schema !== undefined && Object.keys(schema).length === 0;
}
