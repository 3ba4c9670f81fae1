import { DEFAULT_TIMEOUTS, type Timeouts } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import { checkArrival } from './diagnostics/arrival-checks.ts';
import { collectDiagnostics, inOrderOfOccurrence, type Occurrences } from './diagnostics/diagnostics.ts';
import { checkEvents } from './diagnostics/event-checks.ts';
import { checkIntervals } from './diagnostics/interval-checks.ts';
import { inOrder } from './order/order.ts';
import { type Closing, closingOf } from './sections/closing.ts';
import { excessOf } from './sections/metadata.ts';
import type { Diagnose } from './timeline/diagnose.ts';
import { type SessionTraits, traitsOf } from './timeline/session-traits.ts';
import { type Timeline, timelineOf } from './timeline/timeline.ts';

/** How a report is asked for. */
export interface ReportOptions {
  /**
   * The moment that the report is about, in Unix milliseconds by the server's clock: the session is open
   * when its deadline is not over then. Events received after it are left out, but for the sessionStart.
   * Without it the session is taken as closed, and every event counts.
   */
  readonly asOf?: number;
  /** The timeouts the session was recorded with, in milliseconds; `idle` tells a silence from a clock that jumped. */
  readonly timeouts?: Partial<Timeouts>;
}

/** A session read once: what its report and its explanation say in their ways. */
export interface Analysis {
  readonly session: MediaSession;
  /** All events given, those received after the moment of the report too: what places in the order of arrival mean. */
  readonly given: readonly StoredEvent[];
  /** The events that the report is about, as they arrived. */
  readonly arrived: readonly StoredEvent[];
  readonly traits: SessionTraits;
  /** The greatest `ts`, in Unix milliseconds by the client's clock. */
  readonly lastEventAt: number;
  readonly closing: Closing;
  readonly timeline: Timeline;
  /** Whether ads and chapters have the session's custom metadata too; not where that would be too much. */
  readonly repeatsMetadata: boolean;
  /** The diagnostics, in the order of their first occurrence. */
  readonly occurrences: readonly Occurrences[];
}

/** Reads a session. Throws a TypeError when the first event is not its sessionStart. */
export function analyse(session: MediaSession, given: readonly StoredEvent[], options: ReportOptions): Analysis {
  const arrived = receivedUntil(options.asOf, given);
  const start = arrived[0]?.event;
  if (start?.eventType !== 'sessionStart') throw new TypeError('The first event of a session is its sessionStart');

  const { diagnose, occurrences } = collectDiagnostics();
  const traits = traitsOf(session, start, options.timeouts?.idle ?? DEFAULT_TIMEOUTS.idle);
  const ordered = inOrder(arrived);
  const timeline = timelineOf(upToSessionEnd(ordered, diagnose), traits, diagnose);
  const excess = excessOf(start.customMetadata, timeline.ads.length + timeline.chapters.length);

  if (excess !== undefined && timeline.events[0])
    diagnose('metadata-not-repeated', timeline.events[0], { amount: excess });
  checkArrival(arrived, timeline.events, diagnose);
  checkEvents(timeline, traits, diagnose);
  checkIntervals(timeline, traits, diagnose);

  return {
    session,
    given,
    arrived,
    traits,
    lastEventAt: Math.max(start.playerTime.ts, ordered.at(-1)?.event.playerTime.ts ?? 0),
    closing: closingOf(session, arrived, options.asOf),
    timeline,
    repeatsMetadata: excess === undefined,
    occurrences: inOrderOfOccurrence(occurrences, ordered),
  };
}

/** What was there at a moment. The first event always is: without its sessionStart there is no session. */
function receivedUntil(moment: number | undefined, given: readonly StoredEvent[]): readonly StoredEvent[] {
  return moment === undefined ? given : given.filter(({ receivedAt }, place) => place === 0 || receivedAt <= moment);
}

/** What is ordered after the first sessionEnd counts for nothing. */
function upToSessionEnd(ordered: readonly StoredEvent[], diagnose: Diagnose): readonly StoredEvent[] {
  const end = ordered.findIndex(({ event }) => event.eventType === 'sessionEnd');
  if (end === -1) return ordered;
  for (const ignored of ordered.slice(end + 1)) {
    diagnose('after-session-end', ignored, { subject: ignored.event.eventType });
  }
  return ordered.slice(0, end + 1);
}
