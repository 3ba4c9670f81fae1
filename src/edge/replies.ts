import { listEndpoints } from '../http/endpoints.ts';
import { byteLength, type Reply } from '../http/reply.ts';
import type { Reasons, RejectionReason } from '../wire/reasons.ts';
import { type RejectedReply, writeFitting } from '../wire/replies.ts';
import { EDGE_ENDPOINTS } from './endpoints.ts';
import { EDGE_TYPES } from './event-types.ts';
import type { Framing } from './framing.ts';
import type { EdgeFaults } from './read-request.ts';

/** What an answer repeats of its request, or follows from it. */
export interface Answering {
  readonly requestId: string;
  /** What stands around the record of an answer of 200 or 207. */
  readonly framing?: Framing | undefined;
}

/** A part of an answer (doc: endpoints/media). */
export interface Handle {
  readonly payload: readonly object[];
  readonly type: string;
  readonly eventIndex?: number;
}

const ERRORS = 'https://ns.adobe.com/aep/errors/';

/** On this type the mobile SDKs give a session up, and on no other. */
const INVALID = `${ERRORS}va-edge-0400-400`;

const CLOSED_OR_UNKNOWN = {
  status: 404,
  type: `${ERRORS}va-edge-0404-404`,
  title: 'Not Found',
  detail: 'The requested resource could not be found but may be available again in the future.',
  details: 'Error processing request. If the session is longer than 24h, please start a new one. Returning Not Found',
};

/** What only a status tells (RFC 9457, 4.2.1). */
const UNTYPED = 'about:blank';

const TOO_LARGE = { status: 413, type: UNTYPED, title: 'Content Too Large' };

const TYPES = `The types are: ${EDGE_TYPES.join(', ')}.`;

/** Every rejection for anything but what was sent. There is no 410 (doc: endpoints/media). */
const PROBLEMS = {
  'unknown-session': CLOSED_OR_UNKNOWN,
  'closed-session': CLOSED_OR_UNKNOWN,
  'unknown-path': {
    status: 404,
    type: UNTYPED,
    title: 'Not Found',
    detail: `Nothing is here. The endpoints are: ${listEndpoints(EDGE_ENDPOINTS)}. ${TYPES}`,
  },
  'unknown-schema': { status: 404, type: UNTYPED, title: 'Not Found', detail: `No event has this type. ${TYPES}` },
  'method-not-allowed': {
    status: 405,
    type: UNTYPED,
    title: 'Method Not Allowed',
    detail: 'This endpoint does not answer this method.',
  },
  'body-too-large': { ...TOO_LARGE, detail: 'The request body is larger than this server takes.' },
  'session-too-long': {
    ...TOO_LARGE,
    detail: 'The session holds as much as this server keeps of one. Start a new session.',
  },
  failed: {
    status: 500,
    type: UNTYPED,
    title: 'Internal Server Error',
    detail: 'The server failed on this request.',
  },
  unavailable: {
    status: 503,
    type: UNTYPED,
    title: 'Service Unavailable',
    detail: 'The server cannot store anything now. Try again.',
  },
} as const;

/** Why a request is rejected, but for what was sent. */
export type EdgeProblem = keyof typeof PROBLEMS;

/** The id of a session that was opened, for the event at that place. */
export function newSession(sid: string, eventIndex: number): Handle {
  return { payload: [{ sessionId: sid }], type: 'media-analytics:new-session', eventIndex };
}

/** The consent that was given, as the Web SDK keeps it: without this answer it stays silent for good. */
export function consentGiven(orgId: string, general: 'in' | 'out'): Handle {
  const key = `kndctr_${orgId.replace('@', '_')}_consent`;
  return { payload: [{ key, value: `general=${general}`, maxAge: CONSENT_MAX_AGE }], type: 'state:store' };
}

/** Half a year, in seconds, as the hosted service has it. */
const CONSENT_MAX_AGE = 15_552_000;

/** The request was done. A start brings the handle of its session: without one the SDKs send no event. */
export function handled(handle: readonly Handle[], { requestId, framing }: Answering): Reply {
  return record(200, JSON.stringify({ requestId, handle }), framing);
}

/** The request is wrong, in every way listed, and nothing of it is kept. */
export function refused({ reasons, isStart }: EdgeFaults, answering: Answering): RejectedReply {
  return isStart ? refusedStart(reasons, answering) : refusedEvent(reasons, answering);
}

/** The body cannot be read, or is not what the endpoint takes. */
export function refusedEvent(reasons: Reasons, { requestId }: Answering): RejectedReply {
  const { status, title, detail } = BAD_REQUEST;
  const { body, listed } = writeFitting(reasons, ({ errors, more }) => {
    const report = { details: errors.map(detailOf), ...(more > 0 && { more }), requestId };
    return { body: JSON.stringify({ type: INVALID, status, title, detail, report }), listed: { errors, more } };
  });
  return rejected({ status, headers: problemHeaders(body), body }, detail, listed, reasons.code ?? 'malformed');
}

const BAD_REQUEST = {
  status: 400,
  title: 'Bad Request',
  detail: 'Invalid request. Please check your input and try again.',
};

function refusedStart(reasons: Reasons, { requestId, framing }: Answering): RejectedReply {
  const title = 'Invalid request';
  const { body, listed } = writeFitting(reasons, ({ errors, more }) => {
    const entries = [...byEvent(errors)].map(([eventIndex, details], place) => {
      const report = { eventIndex, details, ...(place === 0 && more > 0 && { more }) };
      return { type: INVALID, status: 400, title, report };
    });
    return { body: JSON.stringify({ requestId, handle: [], errors: entries }), listed: { errors, more } };
  });
  return rejected(record(207, body, framing), title, listed, reasons.code ?? 'malformed');
}

/** What is wrong with each event, by its place. Paths begin at the event there. */
function byEvent(errors: readonly RejectionReason[]): Map<number, Detail[]> {
  const details = new Map<number, Detail[]>();
  for (const { path, reason } of errors) {
    const [, index = '0', rest] = /^\$\.events\[(\d+)\](.*)$/.exec(path) ?? [];
    const detail = { name: rest === undefined ? path : `$${rest}`, reason };
    const before = details.get(Number(index));
    if (before) before.push(detail);
    else details.set(Number(index), [detail]);
  }
  return details;
}

interface Detail {
  readonly name: string;
  readonly reason: string;
}

function detailOf({ path, reason }: RejectionReason): Detail {
  return { name: path, reason };
}

/** Which datastream a request is for is missing, or cannot be one. */
export function wrongDatastream(datastream: string, { requestId }: Answering): RejectedReply {
  const isMissing = datastream === '';
  const [type, title, detail] = isMissing
    ? ['EXEG-0002-400', 'Missing datastream ID', 'The query parameter configId is missing.']
    : ['EXEG-0003-400', 'Invalid datastream ID', 'The query parameter configId is no id of a datastream.'];
  const body = JSON.stringify({ type: ERRORS + type, status: 400, title, detail, report: { requestId } });
  const errors = [{ path: 'configId', reason: detail }];
  const reply = { status: 400, headers: problemHeaders(body), body };
  return rejected(reply, title, { errors, more: 0 }, isMissing ? 'missing-field' : 'wrong-value');
}

/** A rejection from the table. */
export function problem(
  code: EdgeProblem,
  { requestId }: Partial<Answering> = {},
  headers: Readonly<Record<string, string>> = {},
): RejectedReply {
  const { status, type, title, detail, ...more }: Problem = PROBLEMS[code];
  const report = { ...more, ...(requestId !== undefined && { requestId }) };
  const body = JSON.stringify({ type, status, title, detail, report });
  const reply = { status, headers: { ...problemHeaders(body), ...headers }, body };
  return rejected(reply, detail, { errors: [], more: 0 }, code);
}

interface Problem {
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly details?: string;
}

function rejected(
  reply: Reply & { readonly body: string },
  message: string,
  { errors, more }: Reasons,
  code: RejectedReply['code'],
): RejectedReply {
  return { ...reply, code, error: { message, ...(errors.length > 0 && { errors }), ...(more > 0 && { more }) } };
}

/** An answer of one line: the SDK of iOS reads each line as a record. */
function record(status: number, json: string, framing: Framing | undefined): Reply & { readonly body: string } {
  const body = framing ? framing.recordSeparator + json + framing.lineFeed : json;
  const headers = {
    'Content-Type': 'application/json;charset=utf-8',
    'Content-Length': String(byteLength(body)),
  };
  return { status, headers, body };
}

function problemHeaders(body: string): Readonly<Record<string, string>> {
  return { 'Content-Type': 'application/problem+json', 'Content-Length': String(byteLength(body)) };
}
