import type { EventOf, MediaEvent, SessionStartEvent } from '../../wire/events.ts';
import { qoe } from '../schema/event-fields.ts';
import type { MediaCollections } from '../schema/schemas.ts';
import { renamer } from './members.ts';
import { adBreakParams, adParams, chapterParams, sessionParams } from './params.ts';

/** `mediaCollection` of an event of any type, with that type. */
export type TypedCollection = {
  [T in keyof MediaCollections]: { readonly type: T; readonly collection: MediaCollections[T] };
}[keyof MediaCollections];

/** What events of all types have in common: what there is of it. */
type Common = Pick<MediaEvent, 'playerTime' | 'customMetadata' | 'qoeData'>;

const QOE = { prefix: 'media.qoe.', keys: {} };
const QOE_NAMES = Object.keys(qoe.standard.properties);
const renameQoe = renamer(QOE, QOE_NAMES, 'ping', 'qoeData');
const renameErrorQoe = renamer(QOE, QOE_NAMES, 'error', 'qoeData');

/**
 * The events of the Media Collection API that an event of the Media Edge API is: several for an update of states.
 *
 * @param ts When it happened, in Unix milliseconds.
 */
export function translate({ type, collection }: TypedCollection, ts: number): MediaEvent[] {
  const common = commonOf(collection, ts);
  switch (type) {
    case 'sessionStart':
      return [translateStart(collection, ts)];
    case 'adBreakStart':
      return [{ eventType: type, ...common, params: adBreakParams(collection) }];
    case 'adStart':
      return [{ eventType: type, ...common, params: adParams(collection) }];
    case 'chapterStart':
      return [{ eventType: type, ...common, params: chapterParams(collection) }];
    case 'error':
      return [{ eventType: type, ...common, qoeData: errorQoeData(collection) }];
    case 'statesUpdate':
      return stateEvents(collection, common);
    default:
      return [{ eventType: type, ...common }];
  }
}

/** The sessionStart that a start is, without what is known from around it. */
export function translateStart(collection: MediaCollections['sessionStart'], ts: number): SessionStartEvent {
  return { eventType: 'sessionStart', ...commonOf(collection, ts), params: sessionParams(collection) };
}

function commonOf(collection: TypedCollection['collection'], ts: number): Common {
  const { playhead = null, qoeDataDetails, customMetadata } = collection;
  return {
    playerTime: { playhead, ts },
    ...(customMetadata && { customMetadata: metadataOf(customMetadata) }),
    ...(qoeDataDetails && { qoeData: renameQoe(qoeDataDetails) }),
  };
}

/** The last of a name wins. `Object.fromEntries` makes a member of its own of any name, `__proto__` too. */
function metadataOf(list: NonNullable<MediaCollections['sessionStart']['customMetadata']>): Record<string, string> {
  const told = list.filter(({ value }) => value !== null);
  return Object.fromEntries(told.map(({ name, value }) => [name, String(value)]));
}

function errorQoeData({ errorDetails: { name, source }, qoeDataDetails }: MediaCollections['error']) {
  return {
    ...(qoeDataDetails && renameErrorQoe(qoeDataDetails)),
    'media.qoe.errorID': name,
    ...(source !== undefined && { 'media.qoe.errorSource': source }),
  };
}

/**
 * What one update ends is over before what it starts begins. Metadata and readings come with the first alone: with each
 * of them, a megabyte that was sent would be kept a hundred times.
 */
function stateEvents(
  { statesEnd = [], statesStart = [] }: MediaCollections['statesUpdate'],
  common: Common,
): MediaEvent[] {
  const { playerTime } = common;
  const [first, ...rest] = [
    ...statesEnd.map(({ name }) => stateEvent('stateEnd', name, { playerTime })),
    ...statesStart.map(({ name }) => stateEvent('stateStart', name, { playerTime })),
  ];
  return first ? [{ ...first, ...common }, ...rest] : [];
}

function stateEvent<T extends 'stateStart' | 'stateEnd'>(eventType: T, name: string, common: Common) {
  return { eventType, ...common, params: { 'media.state.name': name } } as EventOf<T>; // the same of both types
}
