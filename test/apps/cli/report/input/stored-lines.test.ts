import { afterAll, describe, expect, it } from 'vitest';
import { createCollector, handleSessionStart, memoryStore, type SessionReport } from '../../../../../src/index.ts';
import { downloadedSession, events, start } from '../../../../../src/testing/conformance/samples.ts';
import { outcomeOf, removeInputs, reportsOf, writeInput } from '../../../../support/cli/report.ts';

afterAll(removeInputs);

const line = (sid: string, event: unknown, receivedAt = 0) => ({ sid, event, receivedAt });

describe('media-sessions report of stored events', () => {
  it('tells the sessions apart by the sid of each line', async () => {
    const path = writeInput([
      line('a', start, 0),
      line('b', start, 1),
      line('a', events.play, 2),
      line('b', events.ping, 3),
      line('a', events.sessionEnd, 4),
    ]);
    expect(await reportsOf(path)).toMatchObject([
      { sid: 'a', eventCount: 3, closeReason: 'sessionEnd', closedAt: 4 },
      { sid: 'b', eventCount: 2, closeReason: 'idle', closedAt: 600_003 },
    ]);
  });

  it('takes the lines that an onSessionClose hook makes of what it gets, and reports what the hook got', async () => {
    const lines: unknown[] = [];
    const reports: SessionReport[] = [];
    let now = 1_768_471_260_000;
    const store = memoryStore();
    const collector = createCollector({
      store,
      now: () => now,
      onSessionClose({ session, events, report }) {
        lines.push({ session, events });
        reports.push(report);
      },
    });
    await handleSessionStart(start, { store, now: () => now });
    await handleSessionStart(downloadedSession, { store, now: () => now });
    now += 600_000;
    await collector.close();
    expect(reports.map(({ closeReason }) => closeReason).sort()).toEqual(['downloaded', 'idle']);
    expect(await reportsOf(writeInput(lines))).toEqual(reports);
  });

  it('reports the good lines of stored events and sessions, as after a crash that cut one', async () => {
    const badStart = { ...start, params: {} };
    const stored = { session: { sid: 'b', deadline: 5, closeReason: 'idle' }, events: [line('b', start)] };
    const lines = [
      line('late', events.play),
      line('late', events.ping),
      line('a', start),
      line('a', { eventType: 'pong' }),
      stored,
      { ...stored, session: { sid: 'c' } },
      line('bad', badStart),
      line('a', events.play),
    ];
    const path = writeInput(`${lines.map((each) => JSON.stringify(each)).join('\n')}\n{"sid":"a","ev`);
    expect(await outcomeOf(path)).toEqual({
      sessions: { a: 2, b: 1 },
      faults: [
        'line 1 is for session late, which no sessionStart before it opened',
        expect.stringMatching(/^line 4 is no event that a collector keeps: /),
        'line 6 has no session with a sid, a deadline and a closeReason',
        expect.stringMatching(/^line 7 is no event .*media\.id/),
        expect.stringMatching(/^line 9 is not JSON: /),
      ],
    });
  });
});
