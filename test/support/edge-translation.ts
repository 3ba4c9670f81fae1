import type { MediaEvent, StandardEvent, StandardEventOf } from '../../src/wire/events.ts';
import { standardEvent } from '../../src/wire/standard-event.ts';

type Members = Readonly<Record<string, unknown>>;

/** The names that XDM has for keys of the other API, where it is not the end of the key. */
const SESSION_NAMES: Readonly<Record<string, string>> = {
  'media.id': 'name',
  'media.name': 'friendlyName',
  'media.sdkVersion': 'appVersion',
  'media.resume': 'hasResume',
  'media.downloaded': 'isDownloaded',
  'media.pass.mvpd': 'mvpd',
  'media.pass.auth': 'authorized',
  'media.assetId': 'assetID',
};
const AD_BREAK_NAMES = {
  'media.ad.podIndex': 'index',
  'media.ad.podSecond': 'offset',
  'media.ad.podFriendlyName': 'friendlyName',
};
const AD_NAMES = {
  'media.ad.id': 'name',
  'media.ad.name': 'friendlyName',
  'media.ad.campaignId': 'campaignID',
  'media.ad.creativeId': 'creativeID',
  'media.ad.siteId': 'siteID',
  'media.ad.placementId': 'placementID',
};

/**
 * The element of `events` that an event is in the Media Edge API, written down anew from the documentation of that, the
 * other way round. Without keys that it has no place for.
 */
export function toXdm(sent: MediaEvent, sid?: string): { readonly xdm: Members } {
  const event = standardEvent(sent);
  const { eventType, playerTime, customMetadata, qoeData } = event;
  const isState = eventType === 'stateStart' || eventType === 'stateEnd';
  const mediaCollection = {
    playhead: playerTime.playhead,
    ...(sid !== undefined && { sessionID: sid }),
    ...(customMetadata && {
      customMetadata: Object.entries(customMetadata).map(([name, value]) => ({ name, value })),
    }),
    ...(qoeData && { qoeDataDetails: renamed(qoeData, 'media.qoe.', {}) }),
    ...detailsOf(event),
  };
  return {
    xdm: {
      eventType: `media.${isState ? 'statesUpdate' : eventType}`,
      timestamp: new Date(playerTime.ts).toISOString(),
      mediaCollection,
      ...(eventType === 'sessionStart' && aroundOf(event)),
    },
  };
}

function detailsOf(event: StandardEvent): Members {
  switch (event.eventType) {
    case 'sessionStart':
      return { sessionDetails: renamed(event.params, 'media.', SESSION_NAMES) };
    case 'adBreakStart':
      return { advertisingPodDetails: renamed(event.params, 'media.ad.', AD_BREAK_NAMES) };
    case 'adStart':
      return { advertisingDetails: renamed(event.params, 'media.ad.', AD_NAMES) };
    case 'chapterStart':
      return { chapterDetails: renamed(event.params, 'media.chapter.', {}) };
    case 'error':
      return { errorDetails: errorOf(event) };
    case 'stateStart':
      return { statesStart: [{ name: event.params['media.state.name'] }] };
    case 'stateEnd':
      return { statesEnd: [{ name: event.params['media.state.name'] }] };
    default:
      return {};
  }
}

function errorOf({ params, qoeData }: StandardEventOf<'error'>): Members {
  return {
    name: qoeData?.['media.qoe.errorID'] ?? params?.['media.errorId'] ?? '',
    source: qoeData?.['media.qoe.errorSource'] ?? params?.['media.errorSource'],
  };
}

function aroundOf({ params }: StandardEventOf<'sessionStart'>): Members {
  const library = params['media.libraryVersion'];
  return library === undefined ? {} : { implementationDetails: { name: library } };
}

/** The keys that begin with a prefix, by their names in XDM. */
function renamed(params: Members, prefix: string, names: Readonly<Record<string, string>>): Members {
  const entries = Object.entries(params).filter(([key]) => key.startsWith(prefix) && key !== 'media.libraryVersion');
  return Object.fromEntries(entries.map(([key, value]) => [names[key] ?? key.slice(prefix.length), value]));
}
