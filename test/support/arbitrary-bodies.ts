import fc from 'fast-check';
import { EDGE_TYPES } from '../../src/edge/event-types.ts';
import { edgeSchemas } from '../../src/edge/schema/schemas.ts';
import { TIMESTAMP_PATTERN } from '../../src/edge/timestamp.ts';
import { EVENT_TYPES } from '../../src/wire/event-types.ts';
import type { JsonSchema } from '../../src/wire/json-schema.ts';
import { eventSchemas } from '../../src/wire/schemas.ts';

const oddity = fc.oneof(
  fc.constantFrom(null, true, false, '', 'text', 0, -1, 1.5, 2 ** 53, 1e300, [], {}, [1], { id: 'x' }),
  fc.jsonValue({ maxDepth: 2 }),
);

const oddKey = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'media.id', 'toString', '', 'a\nb', "it's", 'media.qoe.bitrate'),
  fc.string({ maxLength: 12 }),
);

/** Values that a schema admits more often than not. */
function valueFor(schema: JsonSchema): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: goodValueFor(schema), weight: 12 }, { arbitrary: oddity, weight: 1 });
}

function goodValueFor(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(goodValueFor));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  switch (schema.type) {
    case 'string':
      return schema.pattern === undefined ? fc.string() : fc.oneof(likeText(schema.pattern), fc.string());
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -10 });
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(schema.items ? valueFor(schema.items) : oddity, { maxLength: 4 });
    default:
      return objectFor(schema);
  }
}

/** Text that a pattern admits. Of a time most texts that its pattern admits name none that there is. */
function likeText(pattern: string): fc.Arbitrary<string> {
  if (pattern !== TIMESTAMP_PATTERN) return fc.stringMatching(/^[\w.]{1,64}$/);
  const times = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
  return times.map((time) => time.toISOString());
}

/** Each key with a value for it or none, and now and then keys nobody knows. */
function objectFor(schema: JsonSchema): fc.Arbitrary<unknown> {
  const required = new Set(schema.required);
  const members = Object.entries(schema.properties ?? {}).map(([key, property]) =>
    fc
      .option(valueFor(property), { nil: undefined, freq: required.has(key) ? 30 : 1 })
      .map((value) => [key, value] as const),
  );
  const others = schema.additionalProperties;
  const other = typeof others === 'object' ? valueFor(others) : oddity;
  const extra = fc.oneof(
    { arbitrary: fc.constant([]), weight: typeof others === 'object' ? 1 : 6 },
    { arbitrary: fc.array(fc.tuple(oddKey, other), { maxLength: 3 }), weight: 1 },
  );
  return fc.tuple(fc.tuple(...members), extra).map(([known, more]) => {
    const entries = [...known, ...more].filter(([, value]) => value !== undefined);
    return JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`);
  });
}

/** Bodies near the schema of an event type: many of them right, the others wrong in a few places. */
export const nearEvents: fc.Arbitrary<unknown> = fc.oneof(
  ...(['standard', 'strict', 'lenient'] as const).flatMap((mode) =>
    EVENT_TYPES.map((type) => goodValueFor(eventSchemas[mode][type])),
  ),
);

/** Elements of `events` near the schema of a type of the Media Edge API. */
export const nearEdgeEvents: fc.Arbitrary<unknown> = fc.oneof(
  ...(['standard', 'strict'] as const).flatMap((mode) =>
    EDGE_TYPES.map((type) => goodValueFor(edgeSchemas[mode][type])),
  ),
);

/** Any JSON at all. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.record({ eventType: fc.constantFrom(...EVENT_TYPES, 'other'), playerTime: oddity, params: oddity }),
);
