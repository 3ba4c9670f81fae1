import { advance, DEFAULT_TIMEOUTS, downloaded, open } from '../../src/session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../../src/session/session.ts';
import { findRoute } from '../../src/wire/endpoints.ts';
import { parseJson } from '../../src/wire/json.ts';
import { isObject } from '../../src/wire/problems.ts';
import { BadInput } from './bad-input.ts';
import { checkedEvent, checkedStart } from './checked-event.ts';
import type { RecordedSession } from './recorded.ts';

/** A request that a session is made of. */
interface Request {
  readonly endpoint: 'sessions' | 'events' | 'downloaded';
  /** What the path calls the session; empty for one that opens a session. */
  readonly name: string;
  readonly body: unknown;
  readonly atMs: number;
  /** What an error calls it. */
  readonly place: string;
}

/** A session while its requests come. */
interface Growing {
  session: MediaSession;
  readonly events: StoredEvent[];
}

/**
 * The sessions of recorded requests, in the order of their start. What was recorded is taken as kept: a session
 * closes behind its last request, however long it was silent before. Throws a BadInput.
 */
export function sessionsOfRecording(recorded: readonly unknown[]): RecordedSession[] {
  const requests = recorded.map(toRequest).filter((request) => request !== undefined);
  const names = namesOf(requests);
  const sessions = new Map<string, Growing>();
  for (const request of requests) {
    if (request.endpoint === 'events') addEvent(request, sessions.get(request.name));
    else {
      const name = names[sessions.size] ?? '';
      sessions.set(name, begin(request, name.replace(/^\{(.*)\}$/, '$1')));
    }
  }
  return [...sessions.values()];
}

/** A recorded value as a request; undefined when it has nothing to do with a session, as a preflight has not. */
function toRequest(value: unknown, index: number): Request | undefined {
  const place = `request ${index + 1}`;
  if (!isObject(value) || typeof value['path'] !== 'string') {
    throw new BadInput(`${place} is not { method, path, headers, body, atMs }`);
  }
  const { method = 'POST', path, body, atMs } = value;
  const route = findRoute(path);
  if (route === undefined || route.endpoint === 'schema' || method !== 'POST') return undefined;
  if (typeof atMs !== 'number') throw new BadInput(`${place} has no atMs, the milliseconds at which it arrived`);
  return { endpoint: route.endpoint, name: route.parameter, body: parsed(body), atMs, place };
}

/** A body as tools record it that keep its text. */
function parsed(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  const read = parseJson(body);
  return 'value' in read ? read.value : body;
}

/** What the paths call the sessions, in the order of the starts. */
function namesOf(requests: readonly Request[]): string[] {
  const starts = requests.filter(({ endpoint }) => endpoint !== 'events');
  const names = [...new Set(requests.filter(({ endpoint }) => endpoint === 'events').map(({ name }) => name))];
  if (starts.length === 1 && names.length < 2) return [names[0] ?? '{sid}'];
  const numbered = starts.map((_, index) => `{sid${index + 1}}`);
  if (names.every((name) => numbered.includes(name))) return numbered;
  if (names.length === starts.length) return names;
  throw new BadInput(
    `${starts.length} requests open a session and paths name ${names.length}; call them {sid1}, {sid2} ... in their order`,
  );
}

function begin({ body, atMs: receivedAt, place }: Request, sid: string): Growing {
  if (Array.isArray(body)) {
    const events = body.map((value, index) => {
      const event = index === 0 ? checkedStart(value, `${place}[0]`) : checkedEvent(value, `${place}[${index}]`);
      return { event, receivedAt };
    });
    if (events.length === 0) throw new BadInput(`${place} is an array without events`);
    return { session: downloaded(sid, receivedAt), events };
  }
  const start = { event: checkedStart(body, place), receivedAt };
  return { session: open(sid, start, DEFAULT_TIMEOUTS), events: [start] };
}

function addEvent({ body, atMs: receivedAt, name, place }: Request, growing: Growing | undefined): void {
  if (growing === undefined) throw new BadInput(`${place} is for session ${name}, which nothing before it opened`);
  const stored = { event: checkedEvent(body, place), receivedAt };
  growing.session = advance(growing.session, stored, DEFAULT_TIMEOUTS);
  growing.events.push(stored);
}
