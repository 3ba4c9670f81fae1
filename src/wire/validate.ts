import { Compile } from 'typebox/schema';
import { EVENT_TYPES, type EventType, isEventType } from './event-types.ts';
import type { MediaEvent, SessionStartEvent } from './events.ts';
import { compileExplain, type JsonSchema } from './explain.ts';
import type { ValidationMode } from './field.ts';
import { cut } from './json-path.ts';
import { addProblem, describeType, isObject, type ProblemList, type Problems } from './problems.ts';
import { schemas } from './schemas.ts';

/** The outcome of a check: the event, or everything that is wrong with it. */
export type Validation<E extends MediaEvent = MediaEvent> = { readonly event: E } | { readonly problems: Problems };

/** Checks values of unknown origin against the schemas of one mode. It never throws. */
export interface Validator {
  /** Checks the event that opens a session. `path` is where the value stands in the body, `$` by default. */
  start(value: unknown, path?: string): Validation<SessionStartEvent>;
  /** Checks an event that follows in a session. */
  event(value: unknown, path?: string): Validation;
}

type Place = 'start' | 'event';

const MISPLACED: Readonly<Record<Place, string>> = {
  start: 'A session begins with sessionStart; post other events to /api/v1/sessions/{sid}/events',
  event: 'A session has one sessionStart, its first event; post it to /api/v1/sessions',
};

/** The validator of a mode. */
export function createValidator(mode: ValidationMode): Validator {
  // Compiled for the types that come, as they come: each takes a few milliseconds.
  const check = perKey((type: EventType) => compileCheck(schemaOf(type, mode)));
  const explain = perKey((type: EventType) => compileExplain(schemaOf(type, mode)));
  const explainRest = perKey((type: EventType | Place) => compileExplain(untyped(schemaOf(type, mode))));

  function validate(place: Place, value: unknown, path: string): Validation {
    const type = isObject(value) ? value['eventType'] : undefined;
    const known = isEventType(type);
    const placed = known && (type === 'sessionStart') === (place === 'start');
    if (placed && check(type)(value)) return { event: value as MediaEvent }; // its schema admits it

    const problems: ProblemList = { errors: [], more: 0 };
    if (placed) {
      explain(type)(value, path, problems);
    } else {
      if (isObject(value)) addProblem(problems, `${path}.eventType`, explainType(place, type));
      explainRest(known ? type : place)(value, path, problems);
    }
    return { problems };
  }

  return {
    start: (value, path = '$') => validate('start', value, path) as Validation<SessionStartEvent>, // as MISPLACED says
    event: (value, path = '$') => validate('event', value, path),
  };
}

/** The schema of an event type; for an event of unknown type, all that is certain at its place. */
function schemaOf(type: EventType | Place, mode: ValidationMode): JsonSchema {
  if (type === 'start') return schemaOf('sessionStart', mode);
  if (type !== 'event') return schemas[mode][type] as JsonSchema; // TypeBox's schemas are JSON Schemas
  const any = schemaOf('ping', mode);
  return { ...any, properties: { ...any.properties, params: {} }, additionalProperties: true };
}

/** The same schema, indifferent to eventType. */
function untyped(schema: JsonSchema): JsonSchema {
  return {
    ...schema,
    properties: { ...schema.properties, eventType: {} },
    required: schema.required?.filter((key) => key !== 'eventType') ?? [],
  };
}

function explainType(place: Place, type: unknown): string {
  if (type === undefined) return 'Missing required field';
  if (typeof type !== 'string') return `Expected string, got ${describeType(type)}`;
  if (isEventType(type)) return MISPLACED[place];
  const expected = place === 'start' ? 'sessionStart' : `one of ${EVENT_TYPES.join(', ')}`;
  return `Expected ${expected}, got ${JSON.stringify(cut(type))}`;
}

/**
 * TypeBox compiles `additionalProperties: false` to one slow expression over all names, so it compiles
 * the schema without it, and unknown keys are looked up.
 */
function compileCheck(schema: JsonSchema): (value: unknown) => boolean {
  const open = JSON.parse(JSON.stringify(schema), (key, value) =>
    key === 'additionalProperties' && value === false ? undefined : value,
  );
  const validator = Compile(open);
  return schema.additionalProperties === false
    ? (value) => validator.Check(value) && !hasUnknownKey(schema, value)
    : (value) => validator.Check(value);
}

function hasUnknownKey(schema: JsonSchema, value: unknown): boolean {
  if (schema.properties === undefined || !isObject(value)) return false;
  for (const key of Object.keys(value)) {
    const property = Object.hasOwn(schema.properties, key) ? schema.properties[key] : schema.additionalProperties;
    if (property === false) return true;
    if (typeof property === 'object' && hasUnknownKey(property, value[key])) return true;
  }
  return false;
}

/** Makes a value for each key once, when it is first asked for. */
function perKey<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
