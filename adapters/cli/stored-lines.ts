import { advance, DEFAULT_TIMEOUTS, open } from '../../src/session/lifecycle.ts';
import type { CloseReason, MediaSession, StoredEvent } from '../../src/session/session.ts';
import { isObject } from '../../src/wire/problems.ts';
import { BadInput } from './bad-input.ts';
import { checkedEvent, checkedStart } from './checked-event.ts';
import type { RecordedSession } from './recorded.ts';

type Sessions = Map<string, { session: MediaSession; readonly events: StoredEvent[] }>;

/**
 * The sessions in lines of JSON: `{ sid, event, receivedAt }` for each stored event, `{ session, events }` for
 * each stored session, in the order of arrival. Throws a BadInput.
 */
export function sessionsOfLines(text: string): RecordedSession[] {
  const sessions: Sessions = new Map();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() !== '') addLine(parsed(line, `line ${index + 1}`), `line ${index + 1}`, sessions);
  }
  return [...sessions.values()];
}

function parsed(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new BadInput(`${place} is not JSON: ${(error as SyntaxError).message}`);
  }
}

function addLine(value: unknown, place: string, sessions: Sessions): void {
  if (isObject(value) && Array.isArray(value['events'])) {
    const events = value['events'].map((each, index) => toStored(each, index === 0, `${place}, events[${index}],`));
    const session = toSession(value['session'], events, place);
    sessions.set(session.sid, { session, events });
  } else if (isObject(value) && 'sessionDetails' in value) {
    throw new BadInput(`${place} is a report already; give the requests, events or sessions that it was made of`);
  } else if (isObject(value) && typeof value['sid'] === 'string') {
    addEvent(value, value['sid'], place, sessions);
  } else {
    throw new BadInput(`${place} is neither { sid, event, receivedAt } nor { session, events }`);
  }
}

function addEvent(value: unknown, sid: string, place: string, sessions: Sessions): void {
  const known = sessions.get(sid);
  const stored = toStored(value, known === undefined, place);
  if (known === undefined) {
    sessions.set(sid, { session: open(sid, stored, DEFAULT_TIMEOUTS), events: [stored] });
  } else {
    known.session = advance(known.session, stored, DEFAULT_TIMEOUTS);
    known.events.push(stored);
  }
}

function toStored(value: unknown, isFirst: boolean, place: string): StoredEvent {
  if (!isObject(value) || typeof value['receivedAt'] !== 'number') {
    throw new BadInput(`${place} has no receivedAt, the Unix milliseconds at which the event arrived`);
  }
  const { event, receivedAt } = value;
  return { event: isFirst ? checkedStart(event, place) : checkedEvent(event, place), receivedAt };
}

/** The session of a line, as far as a report reads it. */
function toSession(value: unknown, [first]: readonly StoredEvent[], place: string): MediaSession {
  const { sid, deadline, closeReason } = isObject(value) ? value : {};
  if (typeof sid !== 'string' || typeof deadline !== 'number' || !isCloseReason(closeReason)) {
    throw new BadInput(`${place} has no session with a sid, a deadline and a closeReason`);
  }
  if (first === undefined) throw new BadInput(`${place} is a session without events`);
  return { ...open(sid, first, DEFAULT_TIMEOUTS), deadline, closeReason };
}

function isCloseReason(value: unknown): value is CloseReason {
  return value === 'sessionEnd' || value === 'idle' || value === 'stall' || value === 'downloaded';
}
