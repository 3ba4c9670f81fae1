import { isObject } from '../../../../src/common/json.ts';
import { DEFAULT_TIMEOUTS, open } from '../../../../src/session/lifecycle.ts';
import {
  CLOSE_REASONS,
  type CloseReason,
  type MediaSession,
  type StoredEvent,
} from '../../../../src/session/session.ts';
import { BadInput } from '../../errors.ts';
import { checkedEvent, checkedStart } from './checked-event.ts';
import { type InputSessions, valueOrFault } from './input.ts';
import { type SessionBuilder, sessionBuilder } from './session-builder.ts';

/**
 * The sessions in lines of JSON: `{ sid, event, receivedAt }` for each stored event, `{ session, events }` for
 * each stored session, in the order of arrival. A line that is neither is left out, and named in the faults.
 */
export function sessionsOfLines(text: string): InputSessions {
  const builder = sessionBuilder();
  const faults: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = `line ${index + 1}`;
    const added = valueOrFault(() => addLine(parseLine(line, place), place, builder));
    if (added instanceof BadInput) faults.push(added.message);
  }
  return { sessions: builder.sessions(), faults };
}

function parseLine(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new BadInput(`${place} is not JSON: ${(error as SyntaxError).message}`);
  }
}

function addLine(value: unknown, place: string, builder: SessionBuilder): void {
  if (isObject(value) && Array.isArray(value['events'])) {
    const events = value['events'].map((each, index) => readStored(each, `${place}, events[${index}],`, index === 0));
    const session = readSession(value['session'], events, place);
    builder.add(session.sid, { session, events });
  } else if (isObject(value) && 'sessionDetails' in value) {
    throw new BadInput(`${place} is a report already; give the requests, events or sessions that it was made of`);
  } else if (isObject(value) && typeof value['sid'] === 'string') {
    addEvent(value, value['sid'], place, builder);
  } else {
    throw new BadInput(`${place} is neither { sid, event, receivedAt } nor { session, events }`);
  }
}

function addEvent(value: unknown, sid: string, place: string, builder: SessionBuilder): void {
  if (!builder.has(sid) && opensSession(value)) builder.open(sid, readStored(value, place, true));
  else builder.append(sid, readStored(value, place, false), place);
}

function opensSession(value: unknown): boolean {
  return isObject(value) && isObject(value['event']) && value['event']['eventType'] === 'sessionStart';
}

function readStored(value: unknown, place: string, isFirst: boolean): StoredEvent {
  if (!isObject(value) || typeof value['receivedAt'] !== 'number') {
    throw new BadInput(`${place} has no receivedAt, the Unix milliseconds at which the event arrived`);
  }
  const { event, receivedAt } = value;
  return { event: isFirst ? checkedStart(event, place) : checkedEvent(event, place), receivedAt };
}

/** The session of a line, as far as a report reads it. */
function readSession(value: unknown, [first]: readonly StoredEvent[], place: string): MediaSession {
  const { sid, deadline, closeReason } = isObject(value) ? value : {};
  if (typeof sid !== 'string' || typeof deadline !== 'number' || !isCloseReason(closeReason)) {
    throw new BadInput(`${place} has no session with a sid, a deadline and a closeReason`);
  }
  if (first === undefined) throw new BadInput(`${place} is a session without events`);
  return { ...open(sid, first, DEFAULT_TIMEOUTS), deadline, closeReason };
}

function isCloseReason(value: unknown): value is CloseReason {
  return CLOSE_REASONS.some((reason) => reason === value);
}
