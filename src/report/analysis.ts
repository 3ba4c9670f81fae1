import { DEFAULT_TIMEOUTS, type Timeouts } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import { checkArrival } from './diagnostics/arrival-checks.ts';
import { CAUSED_BY_EDGE_SDKS, collectFindings, type Finding, inOrderOfOccurrence } from './diagnostics/diagnostics.ts';
import { checkEvents } from './diagnostics/event-checks.ts';
import { checkIntervals } from './diagnostics/interval-checks.ts';
import { inOrder } from './order/order.ts';
import { withTimedStart } from './order/untimed-start.ts';
import { type Closing, closingOf } from './sections/closing.ts';
import { excessOf } from './sections/metadata.ts';
import type { Diagnose } from './timeline/diagnose.ts';
import { type SessionTraits, traitsOf } from './timeline/session-traits.ts';
import { type Timeline, timelineOf } from './timeline/timeline.ts';

/** Options of `sessionReport` and `explainReport`. */
export interface ReportOptions {
  /**
   * The time the report is about, in Unix milliseconds by the server's clock. The session is open when its deadline is
   * later, and events received later are left out, but for the sessionStart. By default the session is taken as closed,
   * and every event counts.
   */
  readonly asOf?: number;
  /**
   * The timeouts the session was recorded with, in milliseconds; by default `DEFAULT_TIMEOUTS`. A time without events
   * that is longer than `idle` is a clock that jumped.
   */
  readonly timeouts?: Partial<Timeouts>;
  /** How many events the session has after those that are given: 0. The report says that they are left out. */
  readonly leftOut?: number;
}

/** The names of the options of a report. */
export const REPORT_OPTIONS = ['asOf', 'timeouts', 'leftOut'] as const satisfies readonly (keyof ReportOptions)[];

/** A session read once: what its report, its explanations and its lanes are made of. */
export interface Analysis {
  readonly session: MediaSession;
  /** Every event, in the order of arrival; those received after `asOf` too, since indexes count them. */
  readonly allEvents: readonly StoredEvent[];
  /** The events that the report is about, in the order of arrival: those received until `asOf`. */
  readonly received: readonly StoredEvent[];
  readonly traits: SessionTraits;
  /** The greatest `ts`, in Unix milliseconds by the client's clock. */
  readonly lastEventAt: number;
  readonly closing: Closing;
  readonly timeline: Timeline;
  /** Whether ads and chapters repeat the session's custom metadata; not where that would be too much. */
  readonly repeatsMetadata: boolean;
  /** In the order of their first occurrence. */
  readonly findings: readonly Finding[];
}

/** Reads a session. Throws a TypeError when the first event is not its sessionStart. */
export function analyse(session: MediaSession, events: readonly StoredEvent[], options: ReportOptions): Analysis {
  const allEvents = withTimedStart(session, events);
  const received = receivedUntil(options.asOf, allEvents);
  const start = received[0]?.event;
  if (start?.eventType !== 'sessionStart') throw new TypeError('The first event of a session is its sessionStart');

  const { diagnose, findings } = collectFindings(session.edge && CAUSED_BY_EDGE_SDKS);
  const traits = traitsOf(session, start, options.timeouts?.idle ?? DEFAULT_TIMEOUTS.idle);
  const ordered = inOrder(received);
  const timeline = timelineOf(upToSessionEnd(ordered, diagnose), traits, diagnose);
  const excess = excessOf(start.customMetadata, timeline.ads.length + timeline.chapters.length);

  if (excess !== undefined && timeline.events[0])
    diagnose('metadata-not-repeated', timeline.events[0], { amount: excess });
  if (options.leftOut && received[0]) diagnose('events-left-out', received[0], { amount: options.leftOut });
  checkArrival(received, timeline.events, diagnose);
  checkEvents(timeline, traits, diagnose);
  checkIntervals(timeline, traits, diagnose);

  return {
    session,
    allEvents,
    received,
    traits,
    lastEventAt: Math.max(start.playerTime.ts, ordered.at(-1)?.event.playerTime.ts ?? 0),
    closing: closingOf(session, received, options.asOf),
    timeline,
    repeatsMetadata: excess === undefined,
    findings: inOrderOfOccurrence(findings, ordered),
  };
}

/** The events received until a time. The first always is among them: without its sessionStart there is no session. */
function receivedUntil(time: number | undefined, events: readonly StoredEvent[]): readonly StoredEvent[] {
  return time === undefined ? events : events.filter(({ receivedAt }, index) => index === 0 || receivedAt <= time);
}

/** The events up to the first sessionEnd; what is ordered after it counts for nothing. */
function upToSessionEnd(ordered: readonly StoredEvent[], diagnose: Diagnose): readonly StoredEvent[] {
  const end = ordered.findIndex(({ event }) => event.eventType === 'sessionEnd');
  if (end === -1) return ordered;
  for (const ignored of ordered.slice(end + 1)) {
    diagnose('after-session-end', ignored, { subject: ignored.event.eventType });
  }
  return ordered.slice(0, end + 1);
}
