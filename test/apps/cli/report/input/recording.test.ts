import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { type SessionReport, sessionReport } from '../../../../../src/index.ts';
import { events, start } from '../../../../../src/testing/conformance/samples.ts';
import { outcomeOf, recordedRequest, removeInputs, reportsOf, writeInput } from '../../../../support/cli/report.ts';
import { EDGE_RECORDINGS, expectedStatus } from '../../../../support/edge-recordings.ts';
import { RECORDINGS } from '../../../../support/recordings.ts';
import { sessionsOf } from '../../../../support/report/recorded-sessions.ts';

afterAll(removeInputs);

/** A file of recorded requests. */
function recording(...requests: readonly unknown[]): string {
  return writeInput(JSON.stringify(requests));
}

describe('media-sessions report of a recording', () => {
  it.each(RECORDINGS)('prints the report of each session of $name as a line of JSON', async ({ name }) => {
    const expected = sessionsOf(name).map(({ session, events }) => ({ ...sessionReport(session, events) }));
    const reports = await reportsOf(`test/fixtures/captures/${name}.json`);
    const names = expected.length === 1 ? ['sid'] : expected.map((_, at) => `sid${at + 1}`);
    expect(reports.map(({ sid }) => sid)).toEqual(names);
    expect(reports.map(withoutIds)).toEqual(expected.map(withoutIds));
  });

  it.each(EDGE_RECORDINGS)(
    'prints the report of each session of $name, and names what no collector keeps',
    async (recording) => {
      const { sessions, faults } = await outcomeOf(`test/fixtures/captures/${recording.name}.json`);
      const kept = recording.requests.filter((request) => expectedStatus(request) !== 400);
      expect(faults).toHaveLength(recording.requests.length - kept.length);
      const starts = kept.filter(({ body }) => JSON.stringify(body).includes('"media.sessionStart"'));
      expect(Object.keys(sessions)).toEqual(starts.length === 1 ? ['sid'] : starts.map((_, at) => `sid${at + 1}`));
    },
  );

  it('says of a session by the Media Edge API what SDK it came by, and to which datastream', async () => {
    const [report] = await reportsOf('test/fixtures/captures/edge/roku-01-playback.json');
    expect(report).toMatchObject({
      protocol: 'media-edge',
      sdk: 'roku-1.3.0',
      datastream: '00000000-0000-4000-8000-0000000000da',
      sessionDetails: { timePlayed: 19, pauseTime: 11 },
    });
  });

  it('takes requests that stand in an object, as those of a documented timeline do', async () => {
    const { events: requests } = JSON.parse(readFileSync('test/fixtures/timelines/timeline-1.json', 'utf8')) as {
      events: { event: { eventType: string }; atMs: number }[];
    };
    const recorded = requests.map(({ event, atMs }) =>
      recordedRequest(atMs, event, event.eventType === 'sessionStart' ? undefined : '{sid}'),
    );
    const [report] = await reportsOf(writeInput(JSON.stringify({ requests: recorded }, undefined, 2)));
    expect(report?.sessionDetails).toMatchObject({ timePlayed: 45, totalTimePlayed: 75, isCompleted: true });
  });

  it('takes bodies that were recorded as text', async () => {
    const path = recording(
      recordedRequest(0, JSON.stringify(start)),
      recordedRequest(1, JSON.stringify(events.ping), '{sid}'),
    );
    expect(await reportsOf(path)).toMatchObject([{ eventCount: 2 }]);
  });

  it('takes paths with the ids that a server gave, and leaves other requests out', async () => {
    const path = recording(
      { ...recordedRequest(0, undefined), method: 'OPTIONS' },
      recordedRequest(1, start),
      { method: 'GET', path: '/', headers: {}, atMs: 2 },
      recordedRequest(3, events.play, 'abc'),
    );
    expect(await reportsOf(path)).toMatchObject([{ sid: 'abc', eventCount: 2 }]);
  });

  it('takes whole URLs, and paths below a prefix', async () => {
    const path = recording(
      { ...recordedRequest(1, start), path: 'https://example.com/media/api/v1/sessions?a=b' },
      { ...recordedRequest(3, events.play), path: '/media/api/v1/sessions/abc/events' },
    );
    expect(await reportsOf(path)).toMatchObject([{ sid: 'abc', eventCount: 2 }]);
  });
});

describe('media-sessions report of a recording that is good only in part', () => {
  const badStart = recordedRequest(0, { ...start, params: {} });
  const badStartFault = expect.stringMatching(
    /^request 1 is no event that a collector keeps: \$\.params\['media\.id'\] Missing required field$/,
  );

  it('leaves out the requests that no collector keeps, and says which those are', async () => {
    const path = recording(
      recordedRequest(0, start),
      recordedRequest(1, events.play, 'abc'),
      recordedRequest(2, { ...events.ping, eventType: 'pong' }, 'abc'),
      7,
      { ...recordedRequest(3, events.ping, 'abc'), atMs: '3' },
      recordedRequest(4, '{"eventType":', 'abc'),
      recordedRequest(5, events.ping, 'abc'),
    );
    expect(await outcomeOf(path)).toEqual({
      sessions: { abc: 3 },
      faults: [
        expect.stringMatching(
          /^request 3 is no event that a collector keeps: \$\.eventType Got "pong", expected one of /,
        ),
        'request 4 is not { method, path, headers, body, atMs }',
        'request 5 has no atMs, the milliseconds at which it arrived',
        expect.stringMatching(/^request 6 is no event that a collector keeps: Expected JSON: /),
      ],
    });
  });

  it('leaves out a session whose start was rejected, and tells the others apart all the same', async () => {
    const given = [recordedRequest(1, start), recordedRequest(2, events.play, 'abc')];
    expect(await outcomeOf(recording(badStart, ...given))).toEqual({ sessions: { abc: 2 }, faults: [badStartFault] });
    const numbered = [
      recordedRequest(1, start),
      recordedRequest(2, events.play, '{sid1}'),
      recordedRequest(3, events.play, '{sid2}'),
    ];
    expect(await outcomeOf(recording(badStart, ...numbered))).toEqual({
      sessions: { sid2: 2 },
      faults: [badStartFault, 'request 3 is for session {sid1}, which no sessionStart before it opened'],
    });
  });

  it('leaves out a whole session that came with one bad event', async () => {
    const whole = recordedRequest(0, [start, events.play, { eventType: 'pong' }]);
    const path = recording(whole, recordedRequest(1, start), recordedRequest(2, events.play, 'abc'));
    expect(await outcomeOf(path)).toEqual({
      sessions: { abc: 2 },
      faults: [expect.stringMatching(/^request 1\[2\] is no event .*eventType/)],
    });
  });

  it('names once a session that began before the recording did', async () => {
    const old = (atMs: number) => recordedRequest(atMs, events.ping, 'old');
    const path = recording(old(0), recordedRequest(1, start), old(2), recordedRequest(3, events.play, 'new'), old(4));
    expect(await outcomeOf(path)).toEqual({
      sessions: { new: 2 },
      faults: ['request 1 is for session old, which no sessionStart before it opened'],
    });
  });

  it.each(['{sid}', '{sid1}'])('leaves out a stray session where a path has the placeholder %s', async (name) => {
    const path = recording(
      recordedRequest(0, start),
      recordedRequest(1, events.play, 'undefined'),
      recordedRequest(2, events.play, name),
    );
    expect(await outcomeOf(path)).toEqual({
      sessions: { [name.replace(/[{}]/g, '')]: 2 },
      faults: ['request 2 is for session undefined, which no sessionStart before it opened'],
    });
  });
});

/** A report without what depends on the id, which the recordings of the tests do not have. */
function withoutIds({ sid, ads, sessionDetails, ...report }: SessionReport): unknown {
  return {
    ...report,
    sessionDetails: { ...sessionDetails, ID: undefined },
    ads: ads.map(({ advertisingPodDetails, ...ad }) => ({ ...ad, pod: advertisingPodDetails.index })),
  };
}
