import { eventText } from '../../../src/session/event-copy.ts';
import type { Timeouts } from '../../../src/session/lifecycle.ts';
import type { CloseReason, MediaSession, StoredEvent } from '../../../src/session/session.ts';
import type { NewEvent } from '../../../src/session/store.ts';
import { knownPlayhead } from '../../../src/wire/events.ts';

/** Makes the elements of a new session's list, which are described beside its scripts. */
export function encodeSession(session: MediaSession, events: readonly NewEvent[]): string[] {
  const { startedAt, deadline, closeReason, lastEventAt, playheadMovedAt, playhead, validationToken } = session;
  const token = validationToken === undefined ? '' : JSON.stringify(validationToken); // a lone surrogate survives
  const element = (receivedAt: number, json: string) =>
    `${receivedAt} ${deadline} ${closeReason} ${playheadMovedAt} ${playhead ?? '-'}\n${json}`;
  const elements = events.map((event) => element(event.receivedAt, eventText(event)));
  return [`${startedAt} ${token}`, ...(elements.length > 0 ? elements : [element(lastEventAt, '')])];
}

/** Reads a session from its first element and its state, as the scripts give them; undefined where there is none. */
export function decodeSession(sid: string, values: unknown): MediaSession | undefined {
  if (!Array.isArray(values)) return undefined;
  const [first = '', state = ''] = values as readonly string[]; // two texts, as the scripts give them
  const [startedAt, token = ''] = splitAt(first, ' ');
  const [lastEventAt, deadline, closeReason, playheadMovedAt, playhead] = state.split(' ');
  return {
    sid,
    startedAt: Number(startedAt),
    deadline: Number(deadline),
    closeReason: closeReason as CloseReason, // as it was written
    lastEventAt: Number(lastEventAt),
    playhead: playhead === '-' ? null : Number(playhead),
    playheadMovedAt: Number(playheadMovedAt),
    ...(token !== '' && { validationToken: JSON.parse(token) }),
  };
}

/** Reads the events from a session's elements but the first. */
export function decodeEvents(elements: readonly string[]): StoredEvent[] {
  return elements.flatMap((element) => {
    const [state, json] = splitAt(element, '\n');
    return json === '' ? [] : [{ event: JSON.parse(json), receivedAt: Number(splitAt(state, ' ')[0]) }];
  });
}

/** Makes the values that the script takes to append an event. */
export function encodeEvent(appended: NewEvent, timeouts: Timeouts): (string | number)[] {
  const { event, receivedAt } = appended;
  const { idle, stall, grace } = timeouts;
  const playhead = knownPlayhead(event) ?? '-';
  const json = eventText(appended);
  if (event.eventType === 'sessionEnd') {
    const graceAt = receivedAt + grace;
    return [
      `${receivedAt} ${graceAt} sessionEnd ${receivedAt} ${playhead}\n${json}`,
      receivedAt,
      playhead,
      graceAt,
      '',
    ];
  }
  const idleAt = receivedAt + idle;
  const stallAt = receivedAt + stall;
  const due = stallAt < idleAt ? `${stallAt} stall` : `${idleAt} idle`; // the sums, which are rounded, as lifecycle.ts
  return [`${receivedAt} ${due} ${receivedAt} ${playhead}\n${json}`, receivedAt, playhead, idleAt, stall];
}

function splitAt(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + 1)];
}
