import type { Collector } from '../collector/collector.ts';
import { CodedError, codeOf } from '../common/coded-error.ts';
import type { TimeSlices } from '../common/event-loop.ts';
import { addSize } from '../common/json.ts';
import { each } from '../common/list-work.ts';
import { PIECE, runInSlices, type Work } from '../common/work.ts';
import { type Analysis, analyse } from '../report/analysis.ts';
import { type Evidence, eachEvidence } from '../report/evidence.ts';
import type { TimedEvent } from '../report/order/timed-event.ts';
import { asOfNow } from '../report/sections/closing.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { EventPosition } from './api.ts';
import { eventPages } from './session-events.ts';
import type { View } from './thinning.ts';

/** A session that was read, as far as all answers about it need. */
export interface AnalysedSession {
  readonly session: MediaSession;
  /** In the order of arrival. */
  readonly events: readonly StoredEvent[];
  /** When it was read, in Unix milliseconds by the server's clock. */
  readonly asOf: number;
  readonly analysis: Analysis;
  /** What made each number of the report, by the path of its field. */
  readonly evidence: Readonly<Record<string, Evidence>>;
  /** From the first `ts` to the greatest: Unix milliseconds by the client's clock. */
  readonly whole: View;
  /** What it takes in memory, in bytes, roughly. */
  readonly bytes: number;
}

/** The events of a session as far as they were read, and what they take in memory, in bytes. */
export interface LoadedEvents {
  readonly events: readonly StoredEvent[];
  readonly bytes: number;
}

/** What a value takes in memory, and a character, in bytes, roughly and rather too much. */
const PER_VALUE = 60;
const PER_CHARACTER = 2;
/** What the analysis takes for each event: its interval, its places in lists. */
const PER_EVENT = 250;
/** The most bytes a session may take that is analysed: far more than one as long as collectors take by default. */
const MAX_BYTES = 512 * 1024 * 1024;
const TOO_LARGE = 'session-too-large';

class SessionTooLarge extends CodedError {
  override readonly name = 'SessionTooLarge';
  readonly code = TOO_LARGE;
}

/** Tells whether a session was too large to be analysed. */
export function isTooLarge(error: unknown): boolean {
  return codeOf(error) === TOO_LARGE;
}

/**
 * Reads the events of a session that are not known yet. `onGrowth` is told what they take so far, and may have the
 * reading wait. Rejects when that is too much.
 */
export async function loadEvents(
  collector: Collector,
  sid: string,
  known: LoadedEvents,
  slice: TimeSlices,
  onGrowth: (bytes: number) => Promise<void>,
): Promise<LoadedEvents> {
  const events = [...known.events];
  let { bytes } = known;
  for await (const page of eventPages(collector, sid, events.length)) {
    const size = { values: 0, characters: 0 };
    for (const stored of page) {
      events.push(stored);
      addSize(stored, size);
    }
    bytes += PER_EVENT * page.length + PER_VALUE * size.values + PER_CHARACTER * size.characters;
    if (bytes > MAX_BYTES) throw new SessionTooLarge('The session is too large to be analysed');
    await onGrowth(bytes);
    await slice();
  }
  return { events, bytes };
}

/** Analyses a session. Undefined without events: it was forgotten meanwhile. */
export async function analyseSession(
  collector: Collector,
  session: MediaSession,
  { events, bytes }: LoadedEvents,
  slice: TimeSlices,
): Promise<AnalysedSession | undefined> {
  if (events.length === 0) return undefined;
  const asOf = asOfNow(collector.now(), events);
  const analysis = await runInSlices(analyse(session, events, { asOf, timeouts: collector.timeouts }), slice);
  const evidence = await runInSlices(allEvidence(analysis), slice);
  const whole = await runInSlices(extentOf(events), slice);
  return { session, events, asOf, analysis, evidence, whole, bytes };
}

function* allEvidence(analysis: Analysis): Work<Readonly<Record<string, Evidence>>> {
  const all: Record<string, Evidence> = Object.create(null);
  let count = 0;
  yield* eachEvidence(analysis, function* (path, evidence) {
    all[path] = evidence;
    count += 1;
    if (count % PIECE === 0) yield;
  });
  return all;
}

function* extentOf(events: readonly StoredEvent[]): Work<View> {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  yield* each(events, ({ event: { playerTime } }) => {
    from = Math.min(from, playerTime.ts);
    to = Math.max(to, playerTime.ts);
  });
  return { from, to };
}

/** Where an event of a session is. */
export function positionOf({ index, event }: TimedEvent): EventPosition {
  return { index, ts: event.playerTime.ts };
}
