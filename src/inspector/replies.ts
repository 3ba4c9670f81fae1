import { listEndpoints } from '../http/endpoints.ts';
import { entityTag, holds } from '../http/entity-tag.ts';
import type { Reply } from '../http/reply.ts';
import { ENDPOINTS } from './endpoints.ts';

const DIRECTIONS = `The endpoints are: ${listEndpoints(ENDPOINTS)}.`;

/** Every rejection of the inspector but that of a query, which says what is wrong with it. */
const REJECTIONS = {
  unauthorized: { status: 401, message: 'The inspector needs a token: Authorization: Bearer TOKEN.' },
  'unknown-path': { status: 404, message: `Nothing is here. ${DIRECTIONS}` },
  'unknown-session': { status: 404, message: 'No session has this id, or it was forgotten.' },
  'method-not-allowed': { status: 405, message: `This endpoint does not answer this method. ${DIRECTIONS}` },
  'too-large': { status: 507, message: 'The session is too large to be analysed here. Its events can be read.' },
  failed: { status: 500, message: 'The inspector failed on this request.' },
  unavailable: { status: 503, message: 'The store cannot be read now. Try again.' },
} as const;

/** What is true of every answer: nobody but its viewer keeps it, and nothing but its type is guessed. */
const PRIVATE = { 'Cache-Control': 'private, no-cache', 'X-Content-Type-Options': 'nosniff' };

/** A JSON document; with an entity tag, when the same request may be asked again soon. */
export function jsonText(json: string, etag: string | undefined): Reply {
  return document('application/json', json, etag);
}

/** A JSON document that its client may hold already. */
export function jsonUnlessHeld(value: unknown, ifNoneMatch: string | undefined): Promise<Reply> {
  return unlessHeld(ifNoneMatch, 'application/json', JSON.stringify(value));
}

/** A document of any type, which its client may hold already, as the tags of an If-None-Match header say. */
export async function unlessHeld(
  ifNoneMatch: string | undefined,
  type: string,
  body: string,
  headers: Reply['headers'] = {},
): Promise<Reply> {
  const etag = await entityTag(body);
  return holds(ifNoneMatch, etag) ? unchanged(etag) : document(type, body, etag, headers);
}

/** The client holds the document already. */
export function unchanged(etag: string): Reply {
  return { status: 304, headers: { ETag: etag, ...PRIVATE } };
}

/** What was asked for is done. */
export const done: Reply = { status: 204, headers: PRIVATE };

/** A rejection from the table. */
export function rejectWith(code: keyof typeof REJECTIONS, headers: Reply['headers'] = {}): Reply {
  const { status, message } = REJECTIONS[code];
  return rejected(status, message, headers);
}

/** The path does not take the query. The reason says how to mend it. */
export function badQuery(reason: string): Reply {
  return rejected(400, reason);
}

function document(type: string, body: string, etag: string | undefined, headers: Reply['headers'] = {}): Reply {
  return { status: 200, headers: { 'Content-Type': type, ...PRIVATE, ...(etag && { ETag: etag }), ...headers }, body };
}

function rejected(status: number, message: string, headers: Reply['headers'] = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...PRIVATE, ...headers },
    body: JSON.stringify({ message }),
  };
}
