import { isObject, parseJson } from '../../../src/common/json.ts';
import { downloaded } from '../../../src/session/lifecycle.ts';
import type { StoredEvent } from '../../../src/session/session.ts';
import { findRoute } from '../../../src/wire/endpoints.ts';
import { BadInput, partOf } from '../errors.ts';
import { checkedEvent, checkedStart } from './checked-event.ts';
import { type GrowingSession, grow, openedBy, unopenedSessions } from './growing-session.ts';
import type { InputSessions } from './open-input.ts';

/** A request that a session is made of. */
interface Request {
  /** What the path calls the session; undefined for one that opens a session. */
  readonly name: string | undefined;
  /** What an error calls it. */
  readonly place: string;
  readonly content: Content | BadInput;
}

/** What a request brought: an event, or, where a whole session came at once, all of its events. */
interface Content {
  readonly events: readonly [StoredEvent, ...StoredEvent[]];
  readonly isWhole: boolean;
}

/**
 * The sessions of recorded requests, in the order of their start. What was recorded is taken as kept: a session
 * closes behind its last request, however long it was silent before. A request that no collector would keep is left
 * out, as a collector does, and said in the faults. Throws a BadInput when the sessions cannot be told apart.
 */
export function sessionsOfRecording(recorded: readonly unknown[]): InputSessions {
  const requests = recorded.map((value, index) => partOf(() => toRequest(value, `request ${index + 1}`)));
  const names = namesOf(requests.flatMap((request) => (request instanceof BadInput ? [] : (request ?? []))));
  const sessions = new Map<string, GrowingSession>();
  const rejectUnopened = unopenedSessions();
  const faults: string[] = [];

  function take(request: Request): void {
    const { content, place } = request;
    const name = request.name ?? names.get(request) ?? '';
    if (content instanceof BadInput) throw content;
    const known = sessions.get(name);
    if (request.name === undefined) sessions.set(name, begin(content, name.replace(/^\{(.*)\}$/, '$1')));
    else if (known === undefined) rejectUnopened(name, place);
    else grow(known, content.events[0]);
  }

  for (const request of requests) {
    const taken = request instanceof BadInput ? request : request && partOf(() => take(request));
    if (taken instanceof BadInput) faults.push(taken.message);
  }
  return { sessions: [...sessions.values()], faults };
}

/** A recorded value as a request; undefined when it has nothing to do with a session, as a preflight has not. */
function toRequest(value: unknown, place: string): Request | undefined {
  if (!isObject(value) || typeof value['path'] !== 'string') {
    throw new BadInput(`${place} is not { method, path, headers, body, atMs }`);
  }
  const { method = 'POST', path, body, atMs } = value;
  const route = findRoute(pathBelowPrefix(path));
  if (route === undefined || route.endpoint === 'schema' || method !== 'POST') return undefined;
  const name = route.endpoint === 'events' ? route.parameter : undefined;
  return { name, place, content: partOf(() => contentOf(parsed(body, place), atMs, name === undefined, place)) };
}

/** The path as the API has it. Tools record all of the URL, and a server may have the API under a prefix. */
function pathBelowPrefix(recorded: string): string {
  const [path = ''] = recorded.split(/[?#]/);
  return path.slice(Math.max(0, path.indexOf('/api/v1/')));
}

/** A body, also as tools record it that keep its text. */
function parsed(body: unknown, place: string): unknown {
  const read = parseJson(body);
  if ('value' in read) return read.value;
  throw new BadInput(`${place} is no event that a collector keeps: ${read.reason}`);
}

function contentOf(body: unknown, receivedAt: unknown, opens: boolean, place: string): Content {
  if (typeof receivedAt !== 'number') throw new BadInput(`${place} has no atMs, the milliseconds at which it arrived`);
  if (!opens) return { events: [{ event: checkedEvent(body, place), receivedAt }], isWhole: false };
  if (!Array.isArray(body)) return { events: [{ event: checkedStart(body, place), receivedAt }], isWhole: false };
  if (body.length === 0) throw new BadInput(`${place} is an array without events`);
  const [first, ...rest] = body;
  const start = { event: checkedStart(first, `${place}[0]`), receivedAt };
  const others = rest.map((value, at) => ({ event: checkedEvent(value, `${place}[${at + 1}]`), receivedAt }));
  return { events: [start, ...others], isWhole: true };
}

/** What the paths call the session of each request that opens one. */
function namesOf(requests: readonly Request[]): ReadonlyMap<Request, string> {
  const starts = requests.filter(({ name }) => name === undefined);
  const kept = starts.filter(({ content }) => !(content instanceof BadInput)); // a server gave the others no name
  const names = namesAfterStart(requests);
  const numbered = starts.map((_, index) => `{sid${index + 1}}`);
  if (starts.length === 1 && names.length < 2) return named(starts, [names[0] ?? '{sid}']);
  if (starts.length === 1 && names.includes('{sid}')) return named(starts, ['{sid}']);
  if (names.length === 0 || names.some((name) => numbered.includes(name))) return named(starts, numbered);
  if (names.length === starts.length) return named(starts, names);
  if (names.length === kept.length) return named(kept, names);
  throw new BadInput(
    `${starts.length} requests open a session and paths name ${names.length}; call them {sid1}, {sid2} ... in their order`,
  );
}

/** The names in paths. Those that come before any start are of sessions that were opened before the recording began. */
function namesAfterStart(requests: readonly Request[]): string[] {
  const firstStart = requests.findIndex(({ name }) => name === undefined);
  if (firstStart === -1) return [];
  const earlier = new Set(requests.slice(0, firstStart).map(({ name }) => name));
  const later = new Set(requests.slice(firstStart).flatMap(({ name }) => name ?? []));
  return [...later].filter((name) => !earlier.has(name));
}

function named(starts: readonly Request[], names: readonly string[]): ReadonlyMap<Request, string> {
  return new Map(starts.map((start, at) => [start, names[at] ?? '']));
}

function begin({ events, isWhole }: Content, sid: string): GrowingSession {
  const [start] = events;
  return isWhole ? { session: downloaded(sid, start.receivedAt), events: [...events] } : openedBy(start, sid);
}
