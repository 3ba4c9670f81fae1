import { listEndpoints } from '../wire/endpoints.ts';
import type { Reply } from '../wire/replies.ts';
import { ROUTES } from './routes.ts';

/** Every refusal of the inspector. */
const REFUSALS = {
  badQuery: { status: 400, message: 'The query is not one that this path takes.' },
  unauthorized: { status: 401, message: 'The inspector needs a token: Authorization: Bearer TOKEN.' },
  unknownPath: { status: 404, message: `Nothing is here. The endpoints are: ${listEndpoints(ROUTES)}.` },
  unknownSession: { status: 404, message: 'No session has this id, or it was forgotten.' },
  methodNotAllowed: { status: 405, message: 'This endpoint does not answer this method.' },
  failed: { status: 500, message: 'The inspector failed on this request.' },
  unavailable: { status: 503, message: 'The store cannot be read now. Try again.' },
} as const;

/** What is true of every answer: nobody but its viewer keeps it, and nothing but its type is guessed. */
const PRIVATE = { 'Cache-Control': 'private, no-cache', 'X-Content-Type-Options': 'nosniff' };

/** A JSON document; with an entity tag, when the same request may be asked again soon. */
export function answer(value: unknown, etag?: string): Reply {
  return document('application/json', JSON.stringify(value), etag);
}

/** A document of any type. */
export function document(
  type: string,
  body: string,
  etag: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status: 200, headers: { 'Content-Type': type, ...PRIVATE, ...(etag && { ETag: etag }), ...headers }, body };
}

/** The client holds the document already. */
export function unchanged(etag: string): Reply {
  return { status: 304, headers: { ETag: etag, ...PRIVATE } };
}

/** What was asked for is done. */
export const done: Reply = { status: 204, headers: PRIVATE };

/** A refusal from the table; `reason` says what of it the caller can mend. */
export function refuse(
  kind: keyof typeof REFUSALS,
  headers: Readonly<Record<string, string>> = {},
  reason?: string,
): Reply {
  const { status, message } = REFUSALS[kind];
  const body = JSON.stringify({ message: reason ?? message });
  return { status, headers: { 'Content-Type': 'application/json', ...PRIVATE, ...headers }, body };
}
