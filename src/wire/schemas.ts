import type { TObject } from 'typebox';
import * as Type from 'typebox';
import { customMetadata, errorQoeData, params, playerTime, qoeData } from './event-fields.ts';
import { EVENT_TYPES, type EventType } from './event-types.ts';
import { type InMode, inMode, same, type ValidationMode } from './field.ts';
import type { JsonSchema } from './json-schema.ts';

type EventFields<T extends EventType> = ReturnType<typeof eventFields<T>>;

/** The schema of each event type in one mode, from which the static types of events are derived. */
export type TypedSchemas<Mode extends ValidationMode> = {
  readonly [T in EventType]: TObject<InMode<EventFields<T>, Mode>>;
};

/** A schema for each event type. */
export type EventSchemas = Readonly<Record<EventType, JsonSchema>>;

/**
 * A JSON Schema (draft 7) for each event type: what a collector checks and what it serves at
 * `/api/v1/schemas/{eventType}`.
 */
export const eventSchemas: Readonly<Record<ValidationMode, EventSchemas>> = {
  standard: schemasIn('standard'),
  strict: schemasIn('strict'),
  lenient: schemasIn('lenient'),
};

function schemasIn<Mode extends ValidationMode>(mode: Mode): EventSchemas & TypedSchemas<Mode> {
  const entries = EVENT_TYPES.map((eventType) => [eventType, eventSchema(eventType, mode)]);
  return Object.fromEntries(entries) as EventSchemas & TypedSchemas<Mode>; // fromEntries forgets which key had which schema
}

function eventSchema(eventType: EventType, mode: ValidationMode) {
  return Type.Object(inMode(eventFields(eventType), mode), {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:media-sessions:${mode}:${eventType}`,
    ...(mode === 'strict' ? { additionalProperties: false } : {}),
  });
}

/** The keys of one event type, in every mode. */
function eventFields<T extends EventType>(eventType: T) {
  return {
    playerTime,
    eventType: same(Type.Literal(eventType)),
    params: params[eventType],
    customMetadata,
    qoeData: (eventType === 'error' ? errorQoeData : qoeData) as T extends 'error'
      ? typeof errorQoeData
      : typeof qoeData,
  };
}
