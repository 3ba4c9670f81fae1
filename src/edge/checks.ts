import { describeType, isObject } from '../common/json.ts';
import { perKey } from '../common/per-key.ts';
import { compileExplain, type Explain, isAdmitted } from '../wire/explain.ts';
import type { CloseMode } from '../wire/field.ts';
import { excerpt } from '../wire/json-path.ts';
import { addReason, countOnly, isFull, type ReasonList } from '../wire/reasons.ts';
import { excessOf, type Place } from '../wire/validate.ts';
import {
  EDGE_EVENT_TYPES,
  EDGE_TYPES,
  type EdgeEventType,
  type EdgeType,
  edgeTypeOf,
  isEdgeType,
} from './event-types.ts';
import { downloadedAround, downloadedEventSchemas, edgeSchemas } from './schema/schemas.ts';
import { TIMESTAMP_DESCRIPTION, timeOf } from './timestamp.ts';
import type { TypedCollection } from './translate/events.ts';
import { isUnpadded } from './translate/sdk.ts';

type Members = Readonly<Record<string, unknown>>;

/** A checked event: its type, its `mediaCollection`, and when it happened in Unix milliseconds, unless it does not say. */
export type CheckedEvent = TypedCollection & { readonly ts: number | undefined };

/** A checked element of `events`: an event, or the events of a session that was recorded offline. */
export type CheckedElement = { readonly xdm: Members } & (
  | { readonly event: CheckedEvent }
  | { readonly downloaded: readonly CheckedEvent[] }
);

/** Where an element of `events` stands in its body, and what is known of it from elsewhere. */
interface Setting extends Place {
  /** The type in the path of the request, where that has one. */
  readonly pathType: string | undefined;
  /** Finds the SDK that made it. */
  readonly sdk: () => string | undefined;
}

/**
 * Checks an element of `events`. What is wrong with it is added to the reasons of its place, and only without any the
 * outcome counts.
 */
export type EdgeCheck = (value: unknown, setting: Setting) => CheckedElement | undefined;

/** What is certain of an element whose type is not known. */
const explainUntyped = compileExplain({
  type: 'object',
  properties: { xdm: { type: 'object', properties: { eventType: { type: 'string' } }, required: ['eventType'] } },
  required: ['xdm'],
});

/** Makes the check of a mode. It never throws. */
export function createEdgeCheck(mode: CloseMode): EdgeCheck {
  // Compiled for the types that come, as they come: each takes some milliseconds.
  const schemas = { ...edgeSchemas[mode], downloaded: downloadedAround[mode] };
  const elements = perKey((type: EdgeType) => compileExplain(schemas[type]));
  const downloadedEvents = perKey((type: EdgeEventType) => compileExplain(downloadedEventSchemas[mode][type]));

  function checkDownloaded(xdm: Members, { path, reasons, sdk }: Setting): CheckedEvent[] {
    const list = xdm['mediaDownloadedEvents'] as readonly unknown[]; // its schema admits no other
    const listPath = `${path}.xdm.mediaDownloadedEvents`;
    if (list.length === 0) addReason(reasons, 'wrong-value', listPath, 'Expected events, the first a sessionStart');
    return list.flatMap((value, index) => {
      const eventPath = isFull(reasons) ? listPath : `${listPath}[${index}]`;
      const eventType = isObject(value) ? value['mediaEventType'] : undefined;
      const type = edgeTypeOf(eventType);
      if (type === undefined || type === 'downloaded') {
        explainType(eventType, `${eventPath}.mediaEventType`, EDGE_EVENT_TYPES, reasons);
        return [];
      }
      if ((type === 'sessionStart') !== (index === 0)) {
        addReason(reasons, 'misplaced-event', `${eventPath}.mediaEventType`, 'A session begins with its sessionStart');
      }
      if (!admits(downloadedEvents(type), value, { path: eventPath, reasons })) return [];
      const { mediaEventTimestamp: timestamp, mediaCollection } = value;
      const ts = timeIn(timestamp, sdk, { path: `${eventPath}.mediaEventTimestamp`, reasons });
      return [checked(type, mediaCollection, ts, { path: `${eventPath}.mediaCollection`, reasons })];
    });
  }

  return (value, setting) => {
    const { path, reasons, pathType, sdk } = setting;
    const xdm = isObject(value) && isObject(value['xdm']) ? value['xdm'] : {};
    const type = edgeTypeOf(xdm['eventType']);
    if (type === undefined) {
      if (xdm['eventType'] === undefined && isEdgeType(pathType)) elements(pathType)(value, path, reasons);
      else if (typeof xdm['eventType'] !== 'string') explainUntyped(value, path, reasons);
      else explainType(xdm['eventType'], `${path}.xdm.eventType`, EDGE_TYPES, reasons);
      return undefined;
    }
    if (mode === 'strict' && pathType !== undefined && pathType !== type) {
      const reason = `Expected media.${excerpt(pathType)}, as in the path, got media.${type}`;
      addReason(reasons, 'misplaced-event', `${path}.xdm.eventType`, reason);
    }
    if (!admits(elements(type), value, setting)) return undefined;
    if (type === 'downloaded') return { xdm, downloaded: checkDownloaded(xdm, setting) };
    const ts = timeIn(xdm['timestamp'], sdk, { path: `${path}.xdm.timestamp`, reasons });
    const event = checked(type, xdm['mediaCollection'], ts, { path: `${path}.xdm.mediaCollection`, reasons });
    return { xdm, event };
  };
}

/** Tells whether a schema admits a value, which then is an object, and adds what is wrong with it where it does not. */
function admits(explain: Explain, value: unknown, { path, reasons }: Place): value is Members {
  return isAdmitted(explain, value, path, reasons);
}

/** An event that its schema admits. What that cannot say of `mediaCollection` is checked here. */
function checked(type: EdgeEventType, collection: unknown, ts: number | undefined, place: Place): CheckedEvent {
  const event = { type, collection, ts } as CheckedEvent; // its schema admits it
  const excess = excessOf(event.collection);
  if (excess !== undefined) addReason(place.reasons, 'wrong-value', place.path, excess);
  if (event.type === 'statesUpdate') {
    const { statesStart = [], statesEnd = [] } = event.collection;
    if (statesStart.length + statesEnd.length === 0) addReason(place.reasons, 'wrong-value', place.path, NO_STATES);
  }
  return event;
}

/** (doc: endpoints/media) */
const NO_STATES = 'Empty statesUpdate event. At least one of statesStart or statesEnd list should be non-empty';

/** When an event happened. Its schema cannot tell the 31st of February. */
function timeIn(timestamp: unknown, sdk: Setting['sdk'], { path, reasons }: Place): number | undefined {
  if (typeof timestamp !== 'string') return undefined;
  const time = timeOf(timestamp, () => isUnpadded(sdk()));
  if (time === undefined) addReason(reasons, 'wrong-value', path, `Expected ${TIMESTAMP_DESCRIPTION}`);
  return time;
}

/** What is wrong with an event type that is none. */
function explainType(type: unknown, path: string, known: readonly string[], reasons: ReasonList): void {
  if (countOnly(reasons)) return;
  if (type === undefined) {
    addReason(reasons, 'missing-field', path, 'Missing required field');
    return;
  }
  const got = typeof type === 'string' ? JSON.stringify(excerpt(type)) : describeType(type);
  const names = known.map((name) => `media.${name}`).join(', ');
  addReason(reasons, 'wrong-value', path, `Got ${got}, expected one of ${names}`);
}
