import type { CollectorOptions } from '../collector/options.ts';
import { timeSlices } from '../common/event-loop.ts';
import { sessionReport } from '../report/report.ts';
import type { Timeouts } from '../session/lifecycle.ts';
import type { MediaSession } from '../session/session.ts';
import type { SessionStore } from '../session/store.ts';

/** Makes what tells the host that a session is over: it calls the hook with the session, its events and its report. */
export function closeHook(
  store: SessionStore,
  timeouts: Timeouts,
  onSessionClose: CollectorOptions['onSessionClose'],
): (session: MediaSession) => Promise<void> {
  const turn = timeSlices(); // many sessions close at once, and reports take their time
  return async (session) => {
    const events = onSessionClose && (await store.events(session.sid));
    if (!events) return; // nobody asks, or it was forgotten meanwhile
    await turn();
    const report = sessionReport(session, events, { timeouts });
    await onSessionClose({ session: { ...session }, events, report }); // ours is to settle the close by
  };
}
