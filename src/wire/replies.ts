import { allowedMethods, ENDPOINTS, type Endpoint, listEndpoints } from './endpoints.ts';
import { EVENT_TYPES } from './event-types.ts';
import { type ReasonCode, type Reasons, type RejectionReason, wholeBody } from './reasons.ts';

/** An answer as the core gives it, with all the headers that are the API's own. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Why it rejects, if it does, for this side only: a client is told in words. */
  readonly code?: RejectionCode;
}

/** A reply that rejects a call. Its body is an `ErrorBody`. */
export interface RejectedReply extends Reply {
  readonly body: string;
  readonly code: RejectionCode;
}

/** What an error answers as JSON: the API's documented ApiError, with every reason found. */
export interface ErrorBody {
  readonly message: string;
  readonly errors?: readonly RejectionReason[];
  /** How many more problems there are than `errors` lists; absent when it lists all. */
  readonly more?: number;
}

/** Why a call is rejected, in one of few words; for a malformed body what kind of thing is wrong with it first. */
export type RejectionCode = keyof typeof REJECTIONS | ReasonCode;

/** For whoever tries the API by hand, and sees an answer's body but neither its headers nor a manual. */
const DIRECTIONS = `The endpoints are: ${listEndpoints(Object.values(ENDPOINTS))}.`;

/** Every rejection there is. */
const REJECTIONS = {
  malformed: { status: 400, message: 'Request had improper format.' },
  'unknown-path': { status: 404, message: `Nothing is here. ${DIRECTIONS}` },
  'unknown-schema': { status: 404, message: `No event has this type. The types are: ${EVENT_TYPES.join(', ')}.` },
  'unknown-session': {
    status: 404,
    message: 'No session has this id. Start a new session, and take the id from the Location of its 201.',
  },
  'method-not-allowed': { status: 405, message: `This endpoint does not answer this method. ${DIRECTIONS}` },
  'closed-session': { status: 410, message: 'The session is closed. Start a new session.' },
  'body-too-large': { status: 413, message: 'The request body is larger than this server takes.' },
  'session-too-long': {
    status: 413,
    message: 'The session holds as much as this server keeps of one. Start a new session.',
  },
  failed: { status: 500, message: 'The server failed on this request.' },
  unavailable: { status: 503, message: 'The server cannot store anything now. Try again.' },
} as const;

/** The most bytes an error's body has. */
const MAX_ERROR_BYTES = 16_000;

/** The session is open: its events go to the path in Location. The type is the hosted service's. */
export function created(location: string): Reply {
  return {
    status: 201,
    headers: { 'Content-Type': 'application/octet-stream', 'Content-Length': '0', Location: location },
  };
}

/** The event is stored. Also what a preflight gets. */
export const noContent: Reply = { status: 204, headers: {} };

/** What OPTIONS gets where CORS is off and no host answers it. */
export function allow(endpoint: Endpoint): Reply {
  return { status: 204, headers: { Allow: allowedMethods(endpoint) } };
}

/** A JSON document. */
export function json(body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, headers: { ...describeJson(body), ...headers }, body };
}

/** The document is the one the client holds already. */
export function notModified(etag: string): Reply {
  return { status: 304, headers: { ETag: etag } };
}

/** The body is wrong, in every way listed. */
export function malformed(problems: Reasons): RejectedReply {
  return rejectWith('malformed', {}, problems);
}

/** The body cannot be read, or is no JSON. */
export function unreadable(reason: string): RejectedReply {
  return malformed(wholeBody('unreadable', reason));
}

/** The endpoint exists, and not for this method. */
export function methodNotAllowed(endpoint: Endpoint): RejectedReply {
  return rejectWith('method-not-allowed', { Allow: allowedMethods(endpoint) });
}

/** A rejection from the table. */
export function rejectWith(
  kind: keyof typeof REJECTIONS,
  headers: Readonly<Record<string, string>> = {},
  problems?: Reasons,
): RejectedReply {
  const { status, message } = REJECTIONS[kind];
  const body = problems ? listProblems(message, problems) : JSON.stringify({ message });
  return { status, headers: { ...describeJson(body), ...headers }, body, code: problems?.kind ?? kind };
}

/** Tells a rejection from other replies. */
export function isRejected(reply: Reply): reply is RejectedReply {
  return reply.code !== undefined;
}

/** The body of an error with reasons: as many as fit. */
function listProblems(message: string, { errors, more }: Reasons): string {
  const body = JSON.stringify(more === 0 ? { message, errors } : { message, errors, more });
  if (byteLength(body) <= MAX_ERROR_BYTES) return body;
  const fewer = errors.slice(0, Math.floor(errors.length * 0.9));
  return listProblems(message, { errors: fewer, more: more + errors.length - fewer.length });
}

function describeJson(body: string): Record<string, string> {
  return { 'Content-Type': 'application/json', 'Content-Length': String(byteLength(body)) };
}

const utf8 = new TextEncoder();

function byteLength(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : utf8.encode(text).length;
}
