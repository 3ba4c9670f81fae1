import type { TimeSlices } from '../common/event-loop.ts';
import { reportInSlices } from '../report/in-slices.ts';
import type { SessionReport } from '../report/schema/report-schema.ts';
import { leadingEvents } from '../session/event-pages.ts';
import type { Timeouts } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { SessionStore } from '../session/store.ts';

/** A session that is over. */
export interface SessionClosed {
  readonly session: MediaSession;
  /**
   * All its events in the order of arrival. Of a session that holds far more than `maxSessionLength`, which an older
   * version let in, the first of them, and the report has the diagnostic `events-left-out`.
   */
  readonly events: readonly StoredEvent[];
  /** What the viewer did. */
  readonly report: SessionReport;
}

/** What it takes to tell a hook of a closed session. */
export interface CloseHookDeps {
  readonly store: Pick<SessionStore, 'events'>;
  readonly timeouts: Timeouts;
  /** The most that is read of a session: see `leadingEvents`. */
  readonly maxLength: number;
  readonly onSessionClose: (closed: SessionClosed) => unknown;
  /** Many sessions close at once, and reports take their time. */
  readonly slice: TimeSlices;
}

/** Makes the function that calls the hook with a closed session, its events and its report. */
export function closeHook({
  store,
  timeouts,
  maxLength,
  onSessionClose,
  slice,
}: CloseHookDeps): (session: MediaSession) => Promise<void> {
  return async (session) => {
    const read = await leadingEvents(store, session.sid, maxLength, slice);
    if (read === undefined) return; // it was forgotten meanwhile
    const { events, leftOut } = read;
    const report = await reportInSlices(session, events, { timeouts, leftOut }, slice);
    await onSessionClose({ session: { ...session }, events, report }); // ours is to settle the close by
  };
}
