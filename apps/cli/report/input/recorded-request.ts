import { isObject, parseJson } from '../../../../src/common/json.ts';
import type { EdgeOrigin, StoredEvent } from '../../../../src/session/session.ts';
import { findRoute } from '../../../../src/wire/endpoints.ts';
import { BadInput } from '../../errors.ts';
import { checkedEvent, checkedStart } from './checked-event.ts';
import { valueOrFault } from './input.ts';
import { isEdgePath, readEdgeContent } from './recorded-edge-request.ts';

/** A request that a session is made of. */
export interface RecordedRequest {
  /** What the path calls the session; undefined for a request that opens one. */
  readonly name: string | undefined;
  /** What an error calls the request. */
  readonly place: string;
  readonly content: RequestContent | BadInput;
}

/** What a request brought: an event or several, or, where a whole session came at once, all of its events. */
interface RequestContent {
  readonly events: readonly [StoredEvent, ...StoredEvent[]];
  readonly isWhole: boolean;
  /** What came with a start by the Media Edge API. */
  readonly edge?: EdgeOrigin;
}

/**
 * Reads a recorded value as a request: one for each session that it is for, which is none for a preflight, say. Throws
 * a BadInput for what is no request; what is wrong with a body is the content of its request.
 */
export function readRequest(value: unknown, place: string): readonly RecordedRequest[] {
  if (!isObject(value) || typeof value['path'] !== 'string') {
    throw new BadInput(`${place} is not { method, path, headers, body, atMs }`);
  }
  const { method = 'POST', path, body, atMs } = value;
  if (method !== 'POST') return [];
  const route = findRoute(pathBelowPrefix(path));
  if (route === undefined) return readEdgeRequest(path, body, atMs, place);
  if (route.endpoint === 'schema') return [];
  const name = route.endpoint === 'events' ? route.parameter : undefined;
  const content = valueOrFault(() =>
    readContent(parseBody(body, place), timeOf(atMs, place), name === undefined, place),
  );
  return [{ name, place, content }];
}

/** What is wrong with a body of the Media Edge API is of no session that is known: its id is in the body. */
function readEdgeRequest(path: string, body: unknown, atMs: unknown, place: string): RecordedRequest[] {
  if (!isEdgePath(path)) return [];
  const contents = readEdgeContent(path, parseBody(body, place), timeOf(atMs, place), place);
  return contents.map(({ name, ...content }) => ({ name, place, content }));
}

/** The path as the API has it. Tools record all of the URL, and a server may have the API under a prefix. */
function pathBelowPrefix(recorded: string): string {
  const [path = ''] = recorded.split(/[?#]/);
  return path.slice(Math.max(0, path.indexOf('/api/v1/')));
}

/** The value of a body, which some tools record as text. */
function parseBody(body: unknown, place: string): unknown {
  const parsed = parseJson(body);
  if ('value' in parsed) return parsed.value;
  throw new BadInput(`${place} is no event that a collector keeps: ${parsed.reason}`);
}

function timeOf(atMs: unknown, place: string): number {
  if (typeof atMs === 'number') return atMs;
  throw new BadInput(`${place} has no atMs, the milliseconds at which it arrived`);
}

function readContent(body: unknown, receivedAt: number, opensSession: boolean, place: string): RequestContent {
  if (!opensSession) return { events: [{ event: checkedEvent(body, place), receivedAt }], isWhole: false };
  if (!Array.isArray(body)) return { events: [{ event: checkedStart(body, place), receivedAt }], isWhole: false };
  if (body.length === 0) throw new BadInput(`${place} is an array without events`);
  const [first, ...rest] = body;
  const start = { event: checkedStart(first, `${place}[0]`), receivedAt };
  const others = rest.map((value, at) => ({ event: checkedEvent(value, `${place}[${at + 1}]`), receivedAt }));
  return { events: [start, ...others], isWhole: true };
}
