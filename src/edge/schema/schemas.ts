import type { Static, TObject, TProperties, TSchema } from 'typebox';
import * as Type from 'typebox';
import { type CloseMode, requiredByDoc } from '../../wire/field.ts';
import type { JsonSchema } from '../../wire/json-schema.ts';
import { EDGE_EVENT_TYPES, type EdgeEventType, type EdgeType } from '../event-types.ts';
import { mediaCollections } from './event-fields.ts';
import { timestamp } from './field-types.ts';

/** `mediaCollection` of each event type, as standard admits it. */
export type MediaCollections = {
  [T in EdgeEventType]: Static<(typeof mediaCollections)[T]['standard']>;
};

/** A schema for each type of the Media Edge API. */
export type EdgeSchemas = Readonly<Record<EdgeType, JsonSchema>>;

/**
 * A JSON Schema (draft 7) for each type of the Media Edge API: what an element of `events` is checked against, and what
 * a collector serves at `/api/v1/schemas/edge/{type}`. Strict closes `mediaCollection` and what is in it: around it every
 * SDK sends members of its own.
 */
export const edgeSchemas: Readonly<Record<CloseMode, EdgeSchemas>> = {
  standard: schemasIn('standard'),
  strict: schemasIn('strict'),
};

/** The same of an event in a session that was recorded offline, which has no `sessionID`. */
export const downloadedEventSchemas: Readonly<Record<CloseMode, Readonly<Record<EdgeEventType, JsonSchema>>>> = {
  standard: forEachType((type) => downloadedEvent(type, 'standard')),
  strict: forEachType((type) => downloadedEvent(type, 'strict')),
};

/** The schema of a session that was recorded offline, but for its events. */
export const downloadedAround: Readonly<Record<CloseMode, JsonSchema>> = {
  standard: downloaded('standard', Type.Unknown()),
  strict: downloaded('strict', Type.Unknown()),
};

function schemasIn(mode: CloseMode): EdgeSchemas {
  return {
    ...forEachType((type) => event(type, mode)),
    downloaded: downloaded(mode, Type.Union(EDGE_EVENT_TYPES.map((type) => downloadedEvent(type, mode)))),
  };
}

function event(type: EdgeEventType, mode: CloseMode): JsonSchema {
  return document(type, mode, {
    timestamp: requiredByDoc(timestamp)[mode],
    mediaCollection: mediaCollections[type][mode],
  });
}

function downloaded(mode: CloseMode, event: TSchema): JsonSchema {
  return document('downloaded', mode, {
    mediaDownloadedEvents: Type.Array(event),
    ...(mode === 'strict' && { identityMap: Type.Object({}) }),
  });
}

function downloadedEvent(type: EdgeEventType, mode: CloseMode): TObject {
  const { additionalProperties, properties } = mediaCollections[type][mode] as TObject & JsonSchema; // of any type
  const { sessionID, ...others } = properties;
  return Type.Object({
    mediaEventType: Type.Literal(`media.${type}`),
    mediaEventTimestamp: requiredByDoc(timestamp)[mode],
    mediaCollection: Type.Object(others, additionalProperties === undefined ? {} : { additionalProperties }),
  });
}

/** An element of `events`. */
function document(type: EdgeType, mode: CloseMode, xdm: TProperties): TObject {
  return Type.Object(
    { xdm: Type.Object({ eventType: Type.Literal(`media.${type}`), ...xdm }) },
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: `urn:media-sessions:edge:${mode}:${type}`,
    },
  );
}

function forEachType<Value>(make: (type: EdgeEventType) => Value): Readonly<Record<EdgeEventType, Value>> {
  const entries = EDGE_EVENT_TYPES.map((type) => [type, make(type)]);
  return Object.fromEntries(entries) as Record<EdgeEventType, Value>; // fromEntries forgets the keys
}
