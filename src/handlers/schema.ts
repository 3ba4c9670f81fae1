import { isEdgeType } from '../edge/event-types.ts';
import { problem } from '../edge/replies.ts';
import { edgeSchemas } from '../edge/schema/schemas.ts';
import { entityTag, holds } from '../http/entity-tag.ts';
import type { Reply } from '../http/reply.ts';
import { isEventType } from '../wire/event-types.ts';
import type { CloseMode, ValidationMode } from '../wire/field.ts';
import type { JsonSchema } from '../wire/json-schema.ts';
import { json, notModified, rejectWith } from '../wire/replies.ts';
import { eventSchemas } from '../wire/schemas.ts';

interface SchemaDocument {
  readonly body: string;
  readonly etag: string;
}

const documents = new Map<object, SchemaDocument>();

/**
 * Serves the JSON Schema (draft 7) that an event type is checked against: answers
 * `GET /api/v1/schemas/{eventType}`.
 *
 * @param ifNoneMatch The request's If-None-Match header.
 * @returns 200 with an ETag; 304 when the client holds it already; 404 naming the types for any other
 * name. (doc: mc-api-json-validation)
 */
export async function handleSchema(
  eventType: string,
  mode: ValidationMode = 'standard',
  ifNoneMatch?: string,
): Promise<Reply> {
  if (!isEventType(eventType)) return rejectWith('unknown-schema');
  return serveSchema(eventSchemas[mode][eventType], ifNoneMatch);
}

/** The same for an element of `events` of the Media Edge API: answers `GET /api/v1/schemas/edge/{type}`. */
export async function handleEdgeSchema(type: string, mode: CloseMode, ifNoneMatch?: string): Promise<Reply> {
  return isEdgeType(type) ? serveSchema(edgeSchemas[mode][type], ifNoneMatch) : problem('unknown-schema');
}

async function serveSchema(schema: JsonSchema, ifNoneMatch: string | undefined): Promise<Reply> {
  const { body, etag } = await schemaDocument(schema);
  return holds(ifNoneMatch, etag) ? notModified(etag) : json(body, { ETag: etag });
}

async function schemaDocument(schema: JsonSchema): Promise<SchemaDocument> {
  const known = documents.get(schema);
  if (known) return known;
  const body = JSON.stringify(schema);
  const document = { body, etag: await entityTag(body) };
  documents.set(schema, document);
  return document;
}
