import { describe, expect, it } from 'vitest';
import type { Work } from '../../../src/common/work.ts';
import { PIECE } from '../../../src/common/work.ts';
import { analyse } from '../../../src/report/analysis.ts';
import { explanationsOf } from '../../../src/report/explain.ts';
import { reportInSlices } from '../../../src/report/in-slices.ts';
import { breaksOf, lanesOf } from '../../../src/report/lanes.ts';
import { reportOf, sessionReport } from '../../../src/report/report.ts';
import type { StoredEvent } from '../../../src/session/session.ts';
import { HOSTILE_SESSIONS } from '../../support/report/hostile-sessions.ts';
import { recorded } from '../../support/report/sessions.ts';

const COUNT = 20 * PIECE;

describe.each(Object.entries(HOSTILE_SESSIONS))('the report of %s', (_, make) => {
  const { session, events } = recorded(make(COUNT));

  it('is the same in slices', async () => {
    expect(await reportInSlices(session, events, {})).toEqual(sessionReport(session, events));
  });

  it('looks at a bounded number of events between two pauses, and so do its explanations and lanes', () => {
    let looks = 0;
    const watched = events.map((stored) => watch(stored, () => (looks += 1)));
    let most = 0;
    const run = <Result>(work: Work<Result>): Result => {
      for (;;) {
        looks = 0;
        const step = work.next();
        most = Math.max(most, looks);
        if (step.done) return step.value;
      }
    };
    const analysis = run(analyse(session, watched, {}));
    const report = run(reportOf(analysis));
    const explanations = run(explanationsOf(analysis));
    run(lanesOf(report, explanations, run(breaksOf(analysis))));
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(10 * PIECE); // up to nine looks at each event of a piece; to read all takes far more
  });
});

/** The same event; `look` is called whenever its type or its time is looked at. */
function watch({ event, receivedAt }: StoredEvent, look: () => void): StoredEvent {
  return {
    event: new Proxy(event, {
      get(target, key) {
        look();
        return Reflect.get(target, key);
      },
    }),
    receivedAt,
  };
}
