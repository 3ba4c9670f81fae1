import type { StoredEvent } from '../../session/session.ts';
import type { SessionStartEvent } from '../../wire/events.ts';
import { knownPlayhead } from '../../wire/events.ts';
import { READINGS, readingOf } from '../timeline/readings.ts';
import { isLive } from '../timeline/session-traits.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Remark } from './diagnostics.ts';

const QOE_KEYS: ReadonlySet<string> = new Set([
  'media.qoe.bitrate',
  'media.qoe.droppedFrames',
  'media.qoe.framesPerSecond',
  'media.qoe.timeToStart',
  'media.qoe.errorID',
  'media.qoe.errorSource',
]);

/** Remarks on what an event says or lacks by itself. `contentLength` is in seconds, undefined when unknown. */
export function checkEvents(
  timeline: Timeline,
  start: SessionStartEvent,
  contentLength: number | undefined,
  remark: Remark,
): void {
  let before: StoredEvent | undefined;
  for (const at of timeline.events) {
    if (before === undefined) checkStart(at, start, contentLength, remark);
    else checkTs(at, before, start, remark);
    if (knownPlayhead(at.event) === undefined) remark('playhead-unknown', at);
    checkQoeData(at, remark);
    checkParams(at, remark);
    before = at;
  }
  if (contentLength !== undefined) checkPlayheads(timeline, contentLength, remark);
}

function checkStart(
  at: StoredEvent,
  start: SessionStartEvent,
  contentLength: number | undefined,
  remark: Remark,
): void {
  if (contentLength === undefined) remark('no-length', at);
  const playhead = start.playerTime.playhead ?? 0;
  const resumed = start.params['media.resume'] === true;
  if (playhead > 0 && !resumed && !isLive(start)) {
    remark('restart-without-resume', at, { amount: playhead });
  }
}

function checkTs(at: StoredEvent, before: StoredEvent, start: SessionStartEvent, remark: Remark): void {
  const { ts } = at.event.playerTime;
  const behindStart = start.playerTime.ts - ts;
  if (behindStart > 0) remark('ts-before-start', at, { amount: behindStart / 1000 });
  if (ts === before.event.playerTime.ts) remark('equal-ts', at);
}

function checkQoeData(at: StoredEvent, remark: Remark): void {
  const { event } = at;
  for (const key in event.qoeData) {
    if (!QOE_KEYS.has(key)) remark('unknown-qoe-key', at, { subject: key });
  }
  for (const key of READINGS) {
    // Null is how SDKs say that the player has no reading.
    const sent = (event.qoeData?.[key] ?? null) !== null;
    if (sent && readingOf(event, key) === undefined) remark('unusable-qoe-value', at, { subject: key });
  }
  if (event.eventType === 'bitrateChange' && readingOf(event, 'media.qoe.bitrate') === undefined) {
    remark('bitrate-change-without-value', at);
  }
}

function checkParams(at: StoredEvent, remark: Remark): void {
  const { eventType, params } = at.event;
  if (params === undefined) return;
  const keys = Object.keys(params);
  for (const key of keys) {
    if (key.startsWith('media.qoe.')) remark('qoe-in-params', at, { subject: key });
  }
  if (eventType === 'ping' && keys.length > 0) remark('params-on-ping', at);
}

/** Playheads are often whole seconds, so up to one second beyond the length is none. */
function checkPlayheads({ sinceMainPlay, playheads }: Timeline, contentLength: number, remark: Remark): void {
  if (playheads === undefined || playheads.greatest <= contentLength + 1) return;
  for (const at of sinceMainPlay) {
    const playhead = knownPlayhead(at.event) ?? 0;
    if (playhead > contentLength + 1) remark('playhead-beyond-length', at, { amount: playhead - contentLength });
  }
}
