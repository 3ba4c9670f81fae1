import type { EdgeEventType } from '../../edge/event-types.ts';

export const DATASTREAM = '00000000-0000-4000-8000-0000000000da';

/** `mediaCollection` of an event of each type, as an SDK fills it. */
const COLLECTIONS: Readonly<Record<EdgeEventType, Readonly<Record<string, unknown>>>> = {
  sessionStart: {
    playhead: 0,
    sessionDetails: { name: 'id-1', contentType: 'vod', length: 60, playerName: 'player', channel: 'channel' },
  },
  play: { playhead: 0 },
  ping: { playhead: 0 },
  pauseStart: { playhead: 0 },
  bufferStart: { playhead: 0 },
  bitrateChange: { playhead: 0, qoeDataDetails: { bitrate: 3000 } },
  error: { playhead: 0, errorDetails: { name: 'e1', source: 'player' } },
  adBreakStart: { playhead: 0, advertisingPodDetails: { index: 1, offset: 0 } },
  adBreakComplete: { playhead: 0 },
  adStart: { playhead: 0, advertisingDetails: { name: 'ad-1', podPosition: 1, length: 15, playerName: 'player' } },
  adComplete: { playhead: 0 },
  adSkip: { playhead: 0 },
  chapterStart: { playhead: 0, chapterDetails: { index: 1, offset: 0, length: 10 } },
  chapterComplete: { playhead: 0 },
  chapterSkip: { playhead: 0 },
  statesUpdate: { playhead: 0, statesStart: [{ name: 'mute' }], statesEnd: [{ name: 'fullscreen' }] },
  sessionComplete: { playhead: 0 },
  sessionEnd: { playhead: 0 },
};

/** An event as an element of `events`. A start has no sid. */
export function edgeEvent(type: EdgeEventType, sid?: string, members: Readonly<Record<string, unknown>> = {}) {
  const mediaCollection = { ...COLLECTIONS[type], ...(sid !== undefined && { sessionID: sid }), ...members };
  return { xdm: { eventType: `media.${type}`, timestamp: '2026-01-15T10:01:00.000Z', mediaCollection } };
}
