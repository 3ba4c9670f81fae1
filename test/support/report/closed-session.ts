import type { SessionClosed } from '../../../src/index.ts';
import { sessionReport } from '../../../src/report/report.ts';
import { at, recorded } from './sessions.ts';

/** A session that is over, as the hook of a collector gets it. */
export function closedSession(sid = 'sid'): SessionClosed {
  const { session, events } = recorded([at(0, 'sessionStart'), at(1, 'play'), at(11, 'ping', 10)]);
  const closed = { ...session, sid };
  return { session: closed, events, report: sessionReport(closed, events) };
}

/** A session that is over, with so many ads that its report has some megabytes. */
export function closedSessionOfManyAds(): SessionClosed {
  const ads = Array.from({ length: 10_000 }, (_, place) => at(3 + place, 'adStart', 1));
  const { session, events } = recorded([at(0, 'sessionStart'), at(1, 'play'), at(2, 'adBreakStart', 1), ...ads]);
  return { session, events, report: sessionReport(session, events) };
}
