import { runAtOnce } from '../../../src/common/work.ts';
import type { ReportOptions } from '../../../src/report/analysis.ts';
import { inOrder } from '../../../src/report/order/order.ts';
import { receivedUntil } from '../../../src/report/order/timed-event.ts';
import { sessionReport } from '../../../src/report/report.ts';
import type { SessionReport } from '../../../src/report/schema/report-schema.ts';
import { advanceSession, DEFAULT_TIMEOUTS, downloaded, open } from '../../../src/session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../../../src/session/session.ts';
import type { EventType } from '../../../src/wire/event-types.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';

/** When the sessions of these tests start, in Unix milliseconds. */
export const START = 1_700_000_000_000;

/** A session and its events, as a store gives them back. */
export interface Recorded {
  readonly session: MediaSession;
  readonly events: readonly StoredEvent[];
}

export interface Extra {
  readonly params?: Record<string, unknown>;
  readonly customMetadata?: Record<string, string>;
  readonly qoeData?: Record<string, unknown>;
  /** When the event arrives, in milliseconds after the start; otherwise when it happens. */
  readonly arrives?: number;
}

const PARAMS: Partial<Record<EventType, Record<string, unknown>>> = {
  sessionStart: { 'media.id': 'film', 'media.contentType': 'vod', 'media.length': 100 },
  adBreakStart: { 'media.ad.podIndex': 1, 'media.ad.podSecond': 0 },
  adStart: { 'media.ad.id': 'ad', 'media.ad.podPosition': 1, 'media.ad.length': 15 },
  chapterStart: { 'media.chapter.index': 1, 'media.chapter.offset': 0, 'media.chapter.length': 50 },
  stateStart: { 'media.state.name': 'mute' },
  stateEnd: { 'media.state.name': 'mute' },
};

/** An event `seconds` after the start. The params its type needs are there unless given. */
export function at(seconds: number, eventType: EventType, playhead: number | null = 0, extra: Extra = {}): StoredEvent {
  const { params, arrives = seconds * 1000, ...rest } = extra;
  const ts = START + Math.round(seconds * 1000);
  const all = PARAMS[eventType] || params ? { params: { ...PARAMS[eventType], ...params } } : {};
  const event = { eventType, playerTime: { playhead, ts }, ...all, ...rest };
  return { event: event as MediaEvent, receivedAt: START + arrives }; // the parts are those of the type named
}

/** The events as a session, in the order of their arrival: nothing arrives before what arrived already. */
export function recorded(arriving: readonly StoredEvent[]): Recorded {
  let now = 0;
  const events = arriving.map(({ event, receivedAt }) => {
    now = Math.max(now, receivedAt);
    return { event, receivedAt: now };
  });
  const [start, ...rest] = events;
  if (start === undefined) throw new Error('A session has events');
  const opened = open('sid', start, DEFAULT_TIMEOUTS);
  return { session: rest.reduce((session, event) => advanceSession(session, event, DEFAULT_TIMEOUTS), opened), events };
}

/** The events as a downloaded session: all arrive at once, `seconds` after the start. */
export function recordedAsArray(arriving: readonly StoredEvent[], seconds: number): Recorded {
  const receivedAt = START + seconds * 1000;
  const events = arriving.map(({ event }) => ({ event, receivedAt }));
  return { session: downloaded('sid', receivedAt, events), events };
}

/** The events in the order in which they happened, each as it is given. */
export function inOrderOfTime(arrived: readonly StoredEvent[]): StoredEvent[] {
  return runAtOnce(inOrder(runAtOnce(receivedUntil(undefined, arrived)).events)).flatMap(
    ({ index }) => arrived[index] ?? [],
  );
}

/** The report of a session with these events. */
export function reportOf(arriving: readonly StoredEvent[], options: ReportOptions = {}): SessionReport {
  const { session, events } = recorded(arriving);
  return sessionReport(session, events, options);
}

/** The codes of the diagnostics, in order. */
export function codesOf(report: SessionReport): string[] {
  return report.diagnostics.map(({ code }) => code);
}
