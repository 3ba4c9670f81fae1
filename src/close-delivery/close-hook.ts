import { timeSlices } from '../common/event-loop.ts';
import { reportInSlices } from '../report/in-slices.ts';
import type { SessionReport } from '../report/schema/report-schema.ts';
import type { Timeouts } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { SessionStore } from '../session/store.ts';

/** A session that is over. */
export interface SessionClosed {
  readonly session: MediaSession;
  /** All its events in the order of arrival. */
  readonly events: readonly StoredEvent[];
  /** What the viewer did. */
  readonly report: SessionReport;
}

/** Makes the function that calls the hook with a closed session, its events and its report. */
export function closeHook(
  store: SessionStore,
  timeouts: Timeouts,
  onSessionClose: ((closed: SessionClosed) => unknown) | undefined,
): (session: MediaSession) => Promise<void> {
  const slice = timeSlices(); // many sessions close at once, and reports take their time
  return async (session) => {
    const events = onSessionClose && (await store.events(session.sid));
    if (!events) return; // nobody asks, or it was forgotten meanwhile
    await slice();
    const report = await reportInSlices(session, events, { timeouts }, slice);
    await onSessionClose({ session: { ...session }, events, report }); // ours is to settle the close by
  };
}
