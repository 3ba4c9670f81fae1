import { type Endpoint, listEndpoints } from '../http/endpoints.ts';
import { byteLength, jsonHeaders, type Reply } from '../http/reply.ts';
import { allowedMethods, ENDPOINTS } from './endpoints.ts';
import { EVENT_TYPES } from './event-types.ts';
import { type ReasonCode, type Reasons, type RejectionReason, wholeBody } from './reasons.ts';

/** A reply that rejects a call. */
export interface RejectedReply extends Reply {
  readonly body: string;
  /** Why, for this side only: a client is told in words. */
  readonly code: RejectionCode;
  /** What is wrong with the body of the call, where it is malformed; for this side too. */
  readonly reasons?: Reasons;
  /** What `body` says as JSON. */
  readonly error: ErrorBody;
}

/** What an error answers as JSON: the API's documented ApiError, with every reason found. */
export interface ErrorBody {
  readonly message: string;
  readonly errors?: readonly RejectionReason[];
  /** How many more reasons there are than `errors` lists; absent when it lists all. */
  readonly more?: number;
}

/** Why a call is rejected; for a malformed body, what is wrong with it first. */
export type RejectionCode = keyof typeof REJECTIONS | ReasonCode;

/** For whoever tries the API by hand, and sees an answer's body but neither its headers nor a manual. */
const DIRECTIONS = `The endpoints are: ${listEndpoints(ENDPOINTS)}.`;

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
  return { status: 200, headers: { ...jsonHeaders(body), ...headers }, body };
}

/** The document is the one the client holds already. */
export function notModified(etag: string): Reply {
  return { status: 304, headers: { ETag: etag } };
}

/** The body is wrong, in every way listed. */
export function malformed(reasons: Reasons): RejectedReply {
  return rejectWith('malformed', {}, reasons);
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
  code: keyof typeof REJECTIONS,
  headers: Readonly<Record<string, string>> = {},
  reasons?: Reasons,
): RejectedReply {
  const { status, message } = REJECTIONS[code];
  const { error, body } = withReasons(message, reasons ?? NO_REASONS);
  const reply = { status, headers: { ...jsonHeaders(body), ...headers }, body, code: reasons?.code ?? code, error };
  return reasons ? { ...reply, reasons } : reply;
}

/** Tells a rejection from other replies. */
export function isRejected(reply: Reply): reply is RejectedReply {
  return (reply as Partial<RejectedReply>).code !== undefined;
}

const NO_REASONS: Reasons = { errors: [], more: 0 };

/** An error with its reasons, as many as fit, and the same as JSON. */
function withReasons(message: string, reasons: Reasons): Pick<RejectedReply, 'error' | 'body'> {
  return writeFitting(reasons, ({ errors, more }) => {
    const error = { message, ...(errors.length > 0 && { errors }), ...(more > 0 && { more }) };
    return { error, body: JSON.stringify(error) };
  });
}

/** Writes the body of an error with as many of its reasons as fit. */
export function writeFitting<Written extends { readonly body: string }>(
  { errors, more }: Reasons,
  write: (reasons: Reasons) => Written,
): Written {
  const written = write({ errors, more });
  if (errors.length === 0 || byteLength(written.body) <= MAX_ERROR_BYTES) return written;
  const fewer = errors.slice(0, Math.floor(errors.length * 0.9));
  return writeFitting({ errors: fewer, more: more + errors.length - fewer.length }, write);
}
