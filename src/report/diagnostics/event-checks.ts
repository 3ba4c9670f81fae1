import { each } from '../../common/list-work.ts';
import { PIECE, type Work } from '../../common/work.ts';
import { knownPlayhead, type SessionStartEvent } from '../../wire/events.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import type { Diagnose } from '../timeline/diagnose.ts';
import { READING_KEYS, readingOf } from '../timeline/readings.ts';
import type { SessionTraits } from '../timeline/session-traits.ts';
import type { Timeline } from '../timeline/timeline.ts';

const QOE_KEYS: ReadonlySet<string> = new Set([
  'media.qoe.bitrate',
  'media.qoe.droppedFrames',
  'media.qoe.framesPerSecond',
  'media.qoe.timeToStart',
  'media.qoe.errorID',
  'media.qoe.errorSource',
]);

/** Diagnoses what an event says or lacks by itself. */
export function* checkEvents(timeline: Timeline, traits: SessionTraits, diagnose: Diagnose): Work<void> {
  const { start, contentLength } = traits;
  let before: TimedEvent | undefined;
  let steps = 0;
  for (const at of timeline.events) {
    if (before === undefined) checkStart(at, traits, diagnose);
    else checkTime(at, before, start, diagnose);
    if (knownPlayhead(at.event) === undefined) diagnose('playhead-unknown', at);
    steps += 1 + checkQoeData(at, diagnose) + checkParams(at, diagnose);
    before = at;
    if (steps < PIECE) continue;
    yield;
    steps = 0;
  }
  if (contentLength !== undefined) yield* checkPlayheads(timeline, contentLength, diagnose);
}

function checkStart(at: TimedEvent, { start, contentLength, isLive }: SessionTraits, diagnose: Diagnose): void {
  if (contentLength === undefined) diagnose('no-length', at);
  const playhead = start.playerTime.playhead ?? 0;
  const resumed = start.params['media.resume'] === true;
  if (playhead > 0 && !resumed && !isLive) diagnose('restart-without-resume', at, { amount: playhead });
}

function checkTime(at: TimedEvent, before: TimedEvent, start: SessionStartEvent, diagnose: Diagnose): void {
  const behindStart = start.playerTime.ts - at.time;
  if (behindStart > 0) diagnose('ts-before-start', at, { amount: behindStart / 1000 });
  if (at.time === before.time) diagnose('equal-ts', at);
}

/** Gives the number of keys: a single event may have very many. */
function checkQoeData(at: TimedEvent, diagnose: Diagnose): number {
  const { event } = at;
  let keys = 0;
  for (const key in event.qoeData) {
    keys += 1;
    if (!QOE_KEYS.has(key)) diagnose('unknown-qoe-key', at, { subject: key });
  }
  for (const key of READING_KEYS) {
    // Null is how SDKs say that the player has no reading.
    const sent = (event.qoeData?.[key] ?? null) !== null;
    if (sent && readingOf(event, key) === undefined) diagnose('unusable-qoe-value', at, { subject: key });
  }
  if (event.eventType === 'bitrateChange' && readingOf(event, 'media.qoe.bitrate') === undefined) {
    diagnose('bitrate-change-without-value', at);
  }
  return keys;
}

/** Gives the number of keys too. */
function checkParams(at: TimedEvent, diagnose: Diagnose): number {
  const { eventType, params } = at.event;
  if (params === undefined) return 0;
  const keys = Object.keys(params);
  for (const key of keys) {
    if (key.startsWith('media.qoe.')) diagnose('qoe-in-params', at, { subject: key });
  }
  if (eventType === 'ping' && keys.length > 0) diagnose('params-on-ping', at);
  return keys.length;
}

/** Playheads are often whole seconds, so up to one second beyond the length is none. */
function* checkPlayheads(
  { sinceMainPlay, playheads }: Timeline,
  contentLength: number,
  diagnose: Diagnose,
): Work<void> {
  if (playheads === undefined || playheads.greatest <= contentLength + 1) return;
  yield* each(sinceMainPlay, (at) => {
    const playhead = knownPlayhead(at.event) ?? 0;
    if (playhead > contentLength + 1) diagnose('playhead-beyond-length', at, { amount: playhead - contentLength });
  });
}
