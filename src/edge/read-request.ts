import { describeType, isObject } from '../common/json.ts';
import type { MediaEvent, SessionStartEvent } from '../wire/events.ts';
import type { CloseMode } from '../wire/field.ts';
import { addReason, isFull, type ReasonList, type Reasons } from '../wire/reasons.ts';
import { type CheckedElement, type CheckedEvent, createEdgeCheck } from './checks.ts';
import { edgeTypeOf, isOfMedia } from './event-types.ts';
import { translate, translateStart } from './translate/events.ts';
import { sdkOf } from './translate/sdk.ts';
import { visitorOf } from './translate/visitor.ts';

/** A session to be opened, at its place among the `events`. */
export interface EdgeStart {
  readonly index: number;
  readonly event: SessionStartEvent;
  /** Whether it says when it happened. Else its `ts` is the time of its receipt. */
  readonly isTimed: boolean;
  /** `xdm._id`, by which mobile SDKs name an event, also when they send it again. */
  readonly id: string | undefined;
}

/** A session that was recorded offline, at its place among the `events`. */
export interface EdgeDownloaded {
  readonly index: number;
  readonly events: readonly MediaEvent[];
}

/** What a request asks for, in events of the Media Collection API. */
export interface EdgeRequest {
  readonly starts: readonly EdgeStart[];
  readonly downloaded: readonly EdgeDownloaded[];
  /** The events to be added to each session, by its id. */
  readonly added: ReadonlyMap<string, readonly MediaEvent[]>;
}

/** Everything that is wrong with a request. Paths begin at the body. */
export interface EdgeFaults {
  readonly reasons: Reasons;
  /** Whether the request was to open a session. */
  readonly isStart: boolean;
}

/** Where a request was sent, and when. */
export interface Arrival {
  /** The type in its path, where that has one. Without any, what is no event of media is left alone. */
  readonly pathType: string | undefined;
  /** When it was received, in Unix milliseconds: the time of events that do not say theirs. */
  readonly receivedAt: number;
}

/** Reads the body of a request: all of it, or nothing where anything is wrong with it. It never throws. */
export type EdgeReader = (body: unknown, arrival: Arrival) => EdgeRequest | EdgeFaults;

/** The most elements of `events`: SDKs send one at a time. All of a request is worked on in one turn. */
const MAX_EVENTS = 1000;

/** Makes the reader of a mode. */
export function createEdgeReader(mode: CloseMode): EdgeReader {
  const check = createEdgeCheck(mode);

  return (body, { pathType, receivedAt }) => {
    const reasons: ReasonList = { errors: [], more: 0 };
    const around = isObject(body) ? body['xdm'] : undefined;
    const starts: EdgeStart[] = [];
    const downloaded: EdgeDownloaded[] = [];
    const added = new Map<string, MediaEvent[]>();
    const list = listOf(body, pathType, reasons);

    for (let index = 0; index < list.length; index++) {
      const value = list[index];
      if (pathType === undefined && !isOfMedia(eventTypeOf(value))) continue;
      const path = isFull(reasons) ? '$.events' : `$.events[${index}]`;
      const element = check(value, { path, reasons, pathType, sdk: () => sdkOf(xdmOf(value), around) });
      if (element) take(element, index);
    }
    if (reasons.errors.length === 0) return { starts, downloaded, added };
    return { reasons, isStart: list.length > 0 && opensSession(list, pathType) };

    function take(element: CheckedElement, index: number): void {
      const eventsOf = (event: CheckedEvent) => translate(event, event.ts ?? receivedAt);
      if ('downloaded' in element) {
        const known = knownOf(element.xdm, around);
        const events = element.downloaded.flatMap(eventsOf);
        downloaded.push({ index, events: events.map((event) => (isStart(event) ? withParams(event, known) : event)) });
        return;
      }
      const { event, xdm } = element;
      if (event.type === 'sessionStart') {
        const start = withParams(translateStart(event.collection, event.ts ?? receivedAt), knownOf(xdm, around));
        const id = typeof xdm['_id'] === 'string' ? xdm['_id'] : undefined;
        starts.push({ index, event: start, isTimed: event.ts !== undefined, id });
        return;
      }
      const { sessionID } = event.collection;
      const events = eventsOf(event);
      const before = added.get(sessionID);
      if (before) before.push(...events);
      else added.set(sessionID, events);
    }
  };
}

/** The elements of `events`; none where there is no such list, which is wrong where the path says that media comes. */
function listOf(body: unknown, pathType: string | undefined, reasons: ReasonList): readonly unknown[] {
  const list = isObject(body) ? body['events'] : undefined;
  if (Array.isArray(list) && list.length > MAX_EVENTS) {
    addReason(
      reasons,
      'wrong-value',
      '$.events',
      `Expected array of at most ${MAX_EVENTS}, got array of ${list.length}`,
    );
    return [];
  }
  if (Array.isArray(list) && (list.length > 0 || pathType === undefined)) return list;
  if (pathType === undefined) return [];
  if (!isObject(body)) addReason(reasons, 'wrong-value', '$', `Expected object, got ${describeType(body)}`);
  else if (list === undefined) addReason(reasons, 'missing-field', '$.events', 'Missing required field');
  else {
    const got = Array.isArray(list) ? 'none' : describeType(list);
    addReason(reasons, 'wrong-value', '$.events', `Expected array of events, got ${got}`);
  }
  return [];
}

/** Tells whether a request was to open a session: by its first event of media, or by its path where that says nothing. */
function opensSession(list: readonly unknown[], pathType: string | undefined): boolean {
  const type = edgeTypeOf(list.map(eventTypeOf).find(isOfMedia)) ?? pathType;
  return type === 'sessionStart' || type === 'downloaded';
}

function xdmOf(element: unknown): unknown {
  return isObject(element) ? element['xdm'] : undefined;
}

function eventTypeOf(element: unknown): unknown {
  const xdm = xdmOf(element);
  return isObject(xdm) ? xdm['eventType'] : undefined;
}

function isStart(event: MediaEvent): event is SessionStartEvent {
  return event.eventType === 'sessionStart';
}

/** What is told of a session around its sessionStart, as params of that. */
function knownOf(xdm: unknown, around: unknown): Partial<SessionStartEvent['params']> {
  const sdk = sdkOf(xdm, around);
  return { ...visitorOf(xdm, around), ...(sdk !== undefined && { 'media.libraryVersion': sdk }) };
}

function withParams(event: SessionStartEvent, params: Partial<SessionStartEvent['params']>): SessionStartEvent {
  return { ...event, params: Object.assign(event.params, params) }; // which were made here
}
