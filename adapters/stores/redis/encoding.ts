import { type EventRecord, lengthOf, recordOf } from '../../../src/session/event-record.ts';
import type { AppendRule } from '../../../src/session/lifecycle.ts';
import type { CloseReason, MediaSession, NewEvent, StoredEvent } from '../../../src/session/session.ts';

/** Makes the elements of a new session's list, which are described beside its scripts. */
export function encodeSession(session: MediaSession, events: readonly NewEvent[]): string[] {
  const { startedAt, deadline, closeReason, lastEventAt, playheadMovedAt, playhead, length } = session;
  const { validationToken, edge } = session;
  const token = validationToken === undefined ? '' : JSON.stringify(validationToken); // a lone surrogate survives
  const element = (receivedAt: number, json: string) =>
    `${receivedAt} ${deadline} ${closeReason} ${playheadMovedAt} ${playhead ?? '-'} +${length}\n${json}`;
  const elements = events.map(recordOf).map(({ receivedAt, text }) => element(receivedAt, text));
  const constant = `${startedAt} ${token}${edge === undefined ? '' : `\n${JSON.stringify(edge)}`}`;
  return [constant, ...(elements.length > 0 ? elements : [element(lastEventAt, '')])];
}

/** Reads a session from its first element and its state, as the scripts give them; undefined where there is none. */
export function decodeSession(sid: string, values: unknown): MediaSession | undefined {
  if (!Array.isArray(values)) return undefined;
  const [first = '', state = ''] = values as readonly string[]; // two texts, as the scripts give them
  const [startedAt, texts] = splitAt(first, ' ');
  const [token = '', edge = ''] = texts.split('\n');
  const [lastEventAt, deadline, closeReason, playheadMovedAt, playhead, length = ''] = state.split(' ');
  return {
    sid,
    startedAt: Number(startedAt),
    deadline: Number(deadline),
    closeReason: closeReason as CloseReason, // as it was written
    lastEventAt: Number(lastEventAt),
    playhead: playhead === '-' ? null : Number(playhead),
    playheadMovedAt: Number(playheadMovedAt),
    length: length.startsWith('+') ? Number(length) : 0,
    ...(token !== '' && { validationToken: JSON.parse(token) }),
    ...(edge !== '' && { edge: JSON.parse(edge) }),
  };
}

/** Reads the events from a session's elements but the first. */
export function decodeEvents(elements: readonly string[]): StoredEvent[] {
  return elements.flatMap((element) => {
    const [state, json] = splitAt(element, '\n');
    return json === '' ? [] : [{ event: JSON.parse(json), receivedAt: Number(splitAt(state, ' ')[0]) }];
  });
}

/** Makes the values that the script takes to append events. */
export function encodeAppend(records: readonly EventRecord[], rule: AppendRule): (string | number)[] {
  const maxLength = Math.min(rule.maxLength, Number.MAX_SAFE_INTEGER);
  return [records.length, lengthOf(records), maxLength, ...records.flatMap((record) => encodeEvent(record, rule))];
}

function encodeEvent(record: EventRecord, { timeouts }: AppendRule): (string | number)[] {
  const { receivedAt, text, endsSession } = record;
  const playhead = record.playhead ?? '-';
  const graceAt = receivedAt + timeouts.grace;
  if (endsSession) {
    return [`${receivedAt} ${graceAt} sessionEnd ${receivedAt} ${playhead}`, text, receivedAt, playhead, graceAt, ''];
  }
  const idleAt = receivedAt + timeouts.idle;
  const stall = timeouts.stall + timeouts.grace;
  const stallAt = receivedAt + stall;
  const due = stallAt < idleAt ? `${stallAt} stall` : `${idleAt} idle`; // the sums, which are rounded, as lifecycle.ts
  return [`${receivedAt} ${due} ${receivedAt} ${playhead}`, text, receivedAt, playhead, idleAt, stall];
}

function splitAt(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + 1)];
}
