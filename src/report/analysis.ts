import { each, find } from '../common/list-work.ts';
import type { Work } from '../common/work.ts';
import { DEFAULT_TIMEOUTS, type Timeouts } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import { checkArrival } from './diagnostics/arrival-checks.ts';
import { checkClock } from './diagnostics/clock-checks.ts';
import { CAUSED_BY_EDGE_SDKS, collectFindings, type Finding, inOrderOfOccurrence } from './diagnostics/diagnostics.ts';
import { checkEvents } from './diagnostics/event-checks.ts';
import { checkIntervals } from './diagnostics/interval-checks.ts';
import { checkTypes } from './diagnostics/type-checks.ts';
import { clockOf, UNTOUCHED } from './order/clock.ts';
import { inOrder } from './order/order.ts';
import { receivedUntil, type TimedEvent } from './order/timed-event.ts';
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
  /** The events that the report is about, in the order of arrival: those received until `asOf`. */
  readonly received: readonly TimedEvent[];
  readonly traits: SessionTraits;
  /** The greatest `ts` as sent, in Unix milliseconds by the client's clock. */
  readonly lastEventAt: number;
  readonly closing: Closing;
  readonly timeline: Timeline;
  /** Whether ads and chapters repeat the session's custom metadata; not where that would be too much. */
  readonly repeatsMetadata: boolean;
  /** In the order of their first occurrence. */
  readonly findings: readonly Finding[];
}

/** Reads a session. Throws a TypeError when the first event is not its sessionStart. */
export function* analyse(
  session: MediaSession,
  events: readonly StoredEvent[],
  options: ReportOptions,
): Work<Analysis> {
  const allEvents = withTimedStart(session, events);
  const { events: received, lastEventAt, end, unexpected } = yield* receivedUntil(options.asOf, allEvents);
  const start = received[0]?.event;
  if (start?.eventType !== 'sessionStart') throw new TypeError('The first event of a session is its sessionStart');

  const { diagnose, findings } = collectFindings(session.edge && CAUSED_BY_EDGE_SDKS);
  const traits = yield* traitsOf(session, start, received, options.timeouts?.idle ?? DEFAULT_TIMEOUTS.idle);
  const clock = traits.isDownloaded || traits.wrongUnit ? UNTOUCHED : yield* clockOf(received, traits);
  if (clock.steps.length > 0) {
    yield* each(received, (at, place) => {
      at.time += clock.offsetAt(place);
    });
  }

  const ordered = yield* inOrder(received);
  const counted = end ? yield* upToSessionEnd(ordered, diagnose) : ordered;
  const timeline = yield* timelineOf(counted, traits, diagnose);
  const excess = excessOf(start.customMetadata, timeline.ads.length + timeline.chapters.length);
  if (excess !== undefined && counted[0]) diagnose('metadata-not-repeated', counted[0], { amount: excess });
  if (options.leftOut && counted[0]) diagnose('events-left-out', counted[0], { amount: options.leftOut });
  yield* checkTypes(unexpected, diagnose);
  yield* checkClock(clock, received, traits, diagnose);
  yield* checkArrival(received, counted, diagnose);
  yield* checkEvents(timeline, traits, diagnose);
  yield* checkIntervals(timeline, traits, diagnose);

  return {
    session,
    received,
    traits,
    lastEventAt,
    closing: closingOf(session, end, options.asOf),
    timeline,
    repeatsMetadata: excess === undefined,
    findings: inOrderOfOccurrence(findings),
  };
}

/** The events up to the first sessionEnd; what is ordered after it counts for nothing. */
function* upToSessionEnd(ordered: readonly TimedEvent[], diagnose: Diagnose): Work<readonly TimedEvent[]> {
  const end = yield* find(ordered, ({ event }) => event.eventType === 'sessionEnd');
  if (end === undefined) return ordered;
  yield* each(ordered.slice(end.place + 1), (ignored) => {
    diagnose('after-session-end', ignored, { subject: ignored.event.eventType });
  });
  return ordered.slice(0, end.place + 1);
}
