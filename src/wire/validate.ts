import { countValues, describeType, isObject, MAX_DEPTH } from '../common/json.ts';
import { perKey } from '../common/per-key.ts';
import { EVENT_TYPES, type EventType, isEventType } from './event-types.ts';
import type { MediaEvent, SessionStartEvent } from './events.ts';
import { compileExplain, isAdmitted } from './explain.ts';
import { isValidationMode, type ValidationMode } from './field.ts';
import { excerpt } from './json-path.ts';
import type { JsonSchema } from './json-schema.ts';
import { addReason, countOnly, type Mismatch, type ReasonCode, type ReasonList, type Reasons } from './reasons.ts';
import { eventSchemas } from './schemas.ts';

/** The outcome of a check: the event, or everything that is wrong with it. */
export type Validation<E extends MediaEvent = MediaEvent> = { readonly event: E } | { readonly reasons: Reasons };

/**
 * Checks values of unknown origin against the schemas of one mode; beyond them it only rejects what is nested deeper
 * than 64 levels, or has more than 100,000 values. It never throws.
 */
export interface Validator {
  /** Checks the event that opens a session. */
  start(value: unknown, place?: Place): Validation<SessionStartEvent>;
  /** Checks an event that follows in a session. */
  event(value: unknown, place?: Place): Validation;
}

/** Where a value stands in its body, and the list of what is wrong with the body. By default it is the body. */
export interface Place {
  readonly path: string;
  readonly reasons: ReasonList;
}

type Role = 'start' | 'event';

const MISPLACED: Readonly<Record<Role, string>> = {
  start: 'A session begins with sessionStart; post other events to /api/v1/sessions/{sid}/events',
  event: 'A session has one sessionStart, its first event; post it to /api/v1/sessions',
};

const EXPECTED_TYPE: Readonly<Record<Role, string>> = {
  start: 'sessionStart',
  event: 'the type of an event but sessionStart',
};

const TOO_MUCH: Mismatch = { got: 'more', expected: 'an event of bounded size' };

/** The most values of an event. The longest that players send have some hundreds. */
const MAX_VALUES = 100_000;

/** The validator of a mode. */
export function createValidator(mode: ValidationMode): Validator {
  if (!isValidationMode(mode))
    throw new TypeError("createValidator: the mode must be 'standard', 'strict' or 'lenient'");
  // Compiled for the types that come, as they come.
  const explain = perKey((type: EventType) => compileExplain(schemaOf(type, mode)));
  const explainRest = perKey((type: EventType | Role) => compileExplain(untyped(schemaOf(type, mode))));

  function validate(role: Role, value: unknown, { path, reasons }: Place = wholeBody()): Validation {
    const type = isObject(value) ? value['eventType'] : undefined;
    const known = isEventType(type);
    const placed = known && (type === 'sessionStart') === (role === 'start');
    const isFirst = reasons.errors.length === 0;
    if (placed) {
      if (isAdmitted(explain(type), value, path, reasons)) {
        const event = value as MediaEvent; // its schema admits it
        const excess = excessOf(event);
        if (excess === undefined) return { event };
        addReason(reasons, 'wrong-value', path, excess, TOO_MUCH);
      }
    } else {
      if (isObject(value) && !countOnly(reasons)) {
        const [code, reason] = explainType(role, type);
        const got = type === undefined ? 'nothing' : describeType(type);
        addReason(reasons, code, `${path}.eventType`, reason, { got, expected: EXPECTED_TYPE[role] });
      }
      explainRest(known ? type : role)(value, path, reasons);
    }
    if (isFirst) reasons.eventType = known ? type : undefined;
    return { reasons };
  }

  return {
    start: (value, place) => validate('start', value, place) as Validation<SessionStartEvent>, // no other is admitted
    event: (value, place) => validate('event', value, place),
  };
}

/** What an event of a sound schema has too much of, in words; undefined where it has not. */
export function excessOf(event: object): string | undefined {
  const values = countValues(event);
  if (values <= MAX_VALUES) return undefined;
  if (values === Number.POSITIVE_INFINITY) return `Nested deeper than ${MAX_DEPTH} levels`;
  return `Has ${values} values, more than the ${MAX_VALUES} that an event may have`;
}

function wholeBody(): Place {
  return { path: '$', reasons: { errors: [], more: 0 } };
}

/** The schema of an event type; for an event of unknown type, all that is certain at its place. */
function schemaOf(type: EventType | Role, mode: ValidationMode): JsonSchema {
  if (type === 'start') return schemaOf('sessionStart', mode);
  if (type !== 'event') return eventSchemas[mode][type];
  const any = schemaOf('ping', mode);
  return {
    ...any,
    properties: { ...any.properties, params: { type: 'object', properties: {} } },
    additionalProperties: true,
  };
}

/** The same schema, indifferent to eventType. */
function untyped(schema: JsonSchema): JsonSchema {
  return {
    ...schema,
    properties: { ...schema.properties, eventType: {} },
    required: schema.required?.filter((key) => key !== 'eventType') ?? [],
  };
}

/** What is wrong with an event type that is none, or none for its place. */
function explainType(role: Role, type: unknown): [code: ReasonCode, reason: string] {
  if (type === undefined) return ['missing-field', 'Missing required field'];
  if (typeof type !== 'string') return ['wrong-value', `Expected string, got ${describeType(type)}`];
  if (isEventType(type)) return ['misplaced-event', MISPLACED[role]];
  const got = JSON.stringify(excerpt(type));
  if (role === 'start') return ['wrong-value', `Expected sessionStart, got ${got}`];
  return ['wrong-value', `Got ${got}, expected one of ${EVENT_TYPES.join(', ')}`]; // in this order: a log cuts the end
}
