import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createCollector,
  handleSessionStart,
  memoryStore,
  type SessionReport,
  sessionReport,
} from '../../../../src/index.ts';
import { downloadedSession, events, start } from '../../../../src/testing/conformance/samples.ts';
import { run } from '../../../support/cli/run.ts';
import { RECORDINGS } from '../../../support/recordings.ts';
import { sessionsOf } from '../../../support/report/recorded-sessions.ts';

const fixtures = 'test/fixtures';
const captures = `${fixtures}/captures`;
const twoSessions = `${captures}/js-sdk/16-idle-30min-pause-then-resume.json`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The reports that are printed for a file, as JSON. */
async function reportsOf(file: string, ...options: string[]): Promise<SessionReport[]> {
  const { stdout, stderr, code } = await run(['report', file, ...options]);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SessionReport);
}

/** A file with this content. */
function file(content: string | readonly unknown[]): string {
  const path = join(folder, `${readdirSync(folder).length}.txt`);
  const lines = typeof content === 'string' ? content : content.map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(path, lines);
  return path;
}

describe('media-sessions report of a recording', () => {
  it.each(RECORDINGS)('prints the report of each session of $name as a line of JSON', async ({ name }) => {
    const expected = sessionsOf(name).map(({ session, events }) => ({ ...sessionReport(session, events) }));
    const reports = await reportsOf(`${captures}/${name}.json`);
    const names = expected.length === 1 ? ['sid'] : expected.map((_, at) => `sid${at + 1}`);
    expect(reports.map(({ sid }) => sid)).toEqual(names);
    expect(reports.map(withoutIds)).toEqual(expected.map(withoutIds));
  });

  it('takes requests that stand in an object, as those of a documented timeline do', async () => {
    const { events: requests } = JSON.parse(readFileSync(`${fixtures}/timelines/timeline-1.json`, 'utf8')) as {
      events: { event: { eventType: string }; atMs: number }[];
    };
    const recorded = requests.map(({ event: body, atMs }) => ({
      method: 'POST',
      path: body.eventType === 'sessionStart' ? '/api/v1/sessions' : '/api/v1/sessions/{sid}/events',
      body,
      atMs,
    }));
    const [report] = await reportsOf(file(JSON.stringify({ requests: recorded }, undefined, 2)));
    expect(report?.sessionDetails).toMatchObject({ timePlayed: 45, totalTimePlayed: 75, isCompleted: true });
  });

  it('takes bodies that were recorded as text', async () => {
    const request = { method: 'POST', path: '/api/v1/sessions', headers: {}, body: JSON.stringify(start), atMs: 0 };
    const ping = { ...request, path: '/api/v1/sessions/{sid}/events', body: JSON.stringify(events.ping), atMs: 1 };
    expect(await reportsOf(file(JSON.stringify([request, ping])))).toMatchObject([{ eventCount: 2 }]);
  });

  it('prints only the sessions that are asked for', async () => {
    expect(await reportsOf(twoSessions, '--sid', 'sid2')).toMatchObject([{ sid: 'sid2', eventCount: 8 }]);
    expect(await reportsOf(twoSessions, '--sid', 'sid2', '--sid', 'sid1')).toMatchObject([
      { sid: 'sid2' },
      { sid: 'sid1' },
    ]);
  });

  it('takes paths with the ids that a server gave, and leaves other requests out', async () => {
    const recorded = [
      { method: 'OPTIONS', path: '/api/v1/sessions', headers: {}, atMs: 0 },
      { method: 'POST', path: '/api/v1/sessions', headers: {}, body: start, atMs: 1 },
      { method: 'GET', path: '/', headers: {}, atMs: 2 },
      { method: 'POST', path: '/api/v1/sessions/abc/events', headers: {}, body: events.play, atMs: 3 },
    ];
    expect(await reportsOf(file(JSON.stringify(recorded)))).toMatchObject([{ sid: 'abc', eventCount: 2 }]);
  });

  it('takes whole URLs, and paths below a prefix', async () => {
    const recorded = [
      { method: 'POST', path: 'https://example.com/media/api/v1/sessions?a=b', headers: {}, body: start, atMs: 1 },
      { method: 'POST', path: '/media/api/v1/sessions/abc/events', headers: {}, body: events.play, atMs: 3 },
    ];
    expect(await reportsOf(file(JSON.stringify(recorded)))).toMatchObject([{ sid: 'abc', eventCount: 2 }]);
  });
});

describe('media-sessions report of stored events', () => {
  const stored = (sid: string, event: unknown, receivedAt: number) => ({ sid, event, receivedAt });

  it('tells the sessions apart by the sid of each line', async () => {
    const lines = [
      stored('a', start, 0),
      stored('b', start, 1),
      stored('a', events.play, 2),
      stored('b', events.ping, 3),
    ];
    const reports = await reportsOf(file([...lines, stored('a', events.sessionEnd, 4)]));
    expect(reports).toMatchObject([
      { sid: 'a', eventCount: 3, closeReason: 'sessionEnd', closedAt: 4 },
      { sid: 'b', eventCount: 2, closeReason: 'idle', closedAt: 600_003 },
    ]);
  });

  it('reads a single line, empty lines and the standard input too', async () => {
    const { stdout } = await run(['report', '-'], `\n${JSON.stringify(stored('a', start, 0))}\n\n`);
    expect(JSON.parse(stdout)).toMatchObject({ sid: 'a', eventCount: 1 });
  });

  it('takes the lines that an onSessionClose hook makes of what it gets, and says what the hook was told', async () => {
    const closes: string[] = [];
    const told: SessionReport[] = [];
    let now = 1_768_471_260_000;
    const store = memoryStore();
    const collector = createCollector({
      store,
      now: () => now,
      onSessionClose({ session, events, report }) {
        closes.push(`${JSON.stringify({ session, events })}\n`);
        told.push(report);
      },
    });
    await handleSessionStart(start, { store, now: () => now });
    await handleSessionStart(downloadedSession, { store, now: () => now });
    now += 600_000;
    await collector.close();
    expect(told.map(({ closeReason }) => closeReason).sort()).toEqual(['downloaded', 'idle']);
    expect(await reportsOf(file(closes.join('')))).toEqual(told);
  });
});

describe('media-sessions report as text', () => {
  it('shows a session at a glance', async () => {
    const { stdout } = await run(['report', '--text', `${captures}/js-sdk/03-ads-chapters-all.json`]);
    expect(stdout).toMatchInlineSnapshot(`
      "session sid: Video Name, vod, 10:01
      2026-01-15 10:01:00 UTC, 0:36 long, 23 events, closed by sessionEnd

                        0:00                    0:12                     0:24                0:36
      content                                                ━━━━━━━━━━━━━━━━━━━━━━━━           ━     0:12
      ads               1━━━━━━━━━━━━━━━━━━━━━━━━━━━━━2━━━━━━                            3━━━━━━━     0:22
      chapters                                               1━━━━━━━━━━━━━━━━━━━━━━━                 0:12
      stall                                                                          ━━━━             0:02

      played 0:12, with ads 0:34, unique 0:12; pauses 0, bufferings 0, stalls 1, errors 0
      played

      ad 1        at 0:00     0:15     completed      ad-1
      ad 2        at 0:15     0:03     not completed  ad-2
      ad 3        at 0:32     0:04     not completed  ad-3
      chapter 1   at 0:00     0:12     completed      Chapter 1
      chapter 2   at 0:30     0:00     not completed  Chapter 2

      info     equal-ts, 13 times, first at 0:00
               13 events with the same ts as the one before; keep 1 ms between events, so that their order
               is certain.
      "
    `);
  });

  it('keeps within its width, and shows what a client sent without obeying it', async () => {
    const evil = '\u001b[2J\u009b31m\nforged: line\u202e';
    const named = { ...start, params: { ...start.params, 'media.name': evil } };
    const state = { ...events.stateStart, params: { 'media.state.name': evil } };
    const lines = [named, events.play, state, events.adStart].map((event, at) => ({
      sid: evil,
      event,
      receivedAt: at,
    }));
    const { stdout, code } = await run(['report', '--text', file(lines)]);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(stdout).not.toMatch(/^forged/m);
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('shows a length that is the greatest number, as a player may call an endless stream', async () => {
    const endless = { ...start, params: { ...start.params, 'media.length': Number.MAX_VALUE } };
    const { stdout } = await run(['report', '--text', file([{ sid: 'a', event: endless, receivedAt: 0 }])]);
    expect(stdout).toMatch(/^session a: .*, ∞\n/);
  });

  it('calls a session that may still play not played yet, and one that cannot dropped', async () => {
    const line = (receivedAt: number) => file([{ sid: 'a', event: start, receivedAt }]);
    expect((await run(['report', '--text', line(Date.now())])).stdout).toMatch(/still open\n[\s\S]*\nnot played yet\n/);
    expect((await run(['report', '--text', line(0)])).stdout).toMatch(
      /closed by idle\n[\s\S]*\ndropped before start\n/,
    );
  });

  it('names no time twice on the scale of a short session', async () => {
    for (const [length, scale] of [
      [0, ['0:00']],
      [1000, ['0:00', '0:01']],
      [2000, ['0:00', '0:01', '0:02']],
    ] as const) {
      const ping = { ...events.ping, playerTime: { playhead: 0, ts: start.playerTime.ts + length } };
      const lines = [start, ping].map((event, at) => ({ sid: 'a', event, receivedAt: at }));
      const { stdout } = await run(['report', '--text', file(lines)]);
      const times = stdout.split('\n').find((line) => /^ +0:00/.test(line));
      expect(times?.trim().split(/ +/)).toEqual(scale);
    }
  });

  it('shows every recording', async () => {
    for (const { name } of RECORDINGS) {
      const { stdout, stderr, code } = await run(['report', '--text', `${captures}/${name}.json`]);
      expect({ name, stderr, code }).toEqual({ name, stderr: '', code: 0 });
      expect(stdout).toMatch(/^session sid1?: .*\n.* closed by \w+\n/);
      expect(stdout).not.toMatch(/undefined|NaN|Infinity/);
    }
  });
});

describe('media-sessions report of what is good only in part', () => {
  const at = (atMs: number, body: unknown, sid?: string) => ({
    method: 'POST',
    path: sid === undefined ? '/api/v1/sessions' : `/api/v1/sessions/${sid}/events`,
    body,
    atMs,
  });
  const badStart = { ...start, params: {} };
  const line = (sid: string, event: unknown) => ({ sid, event, receivedAt: 0 });
  const stored = { session: { sid: 'b', deadline: 5, closeReason: 'idle' }, events: [line('b', start)] };

  /** The sessions reported and how many events each has, and what is said to be left out. */
  async function outcome(path: string, ...options: string[]) {
    const { stdout, stderr, code } = await run(['report', path, ...options]);
    expect(code).toBe(3);
    const reports = stdout.split('\n').flatMap((each) => (each === '' ? [] : [JSON.parse(each) as SessionReport]));
    const prefix = `media-sessions: left out of ${path}: `;
    const said = stderr.trimEnd().split('\n');
    expect(said.filter((each) => !each.startsWith(prefix))).toEqual([]);
    return {
      sessions: Object.fromEntries(reports.map(({ sid, eventCount }) => [sid, eventCount])),
      leftOut: said.map((each) => each.slice(prefix.length)),
    };
  }

  it('reports a recording without the requests that no collector keeps, and says which those are', async () => {
    const recorded = [
      at(0, start),
      at(1, events.play, 'abc'),
      at(2, { ...events.ping, eventType: 'pong' }, 'abc'),
      7,
      { ...at(3, events.ping, 'abc'), atMs: '3' },
      at(4, '{"eventType":', 'abc'),
      at(5, events.ping, 'abc'),
    ];
    expect(await outcome(file(JSON.stringify(recorded)))).toEqual({
      sessions: { abc: 3 },
      leftOut: [
        expect.stringMatching(
          /^request 3 is no event that a collector keeps: \$\.eventType Got "pong", expected one of /,
        ),
        'request 4 is not { method, path, headers, body, atMs }',
        'request 5 has no atMs, the milliseconds at which it arrived',
        expect.stringMatching(/^request 6 is no event that a collector keeps: Expected JSON: /),
      ],
    });
  });

  it('leaves out a session whose start was refused, and tells the others apart all the same', async () => {
    const reason = /^request 1 is no event that a collector keeps: \$\.params\['media\.id'\] Missing required field$/;
    const good = [at(1, start), at(2, events.play, 'abc')];
    expect(await outcome(file(JSON.stringify([at(0, badStart), ...good])))).toEqual({
      sessions: { abc: 2 },
      leftOut: [expect.stringMatching(reason)],
    });
    const numbered = [at(1, start), at(2, events.play, '{sid1}'), at(3, events.play, '{sid2}')];
    expect(await outcome(file(JSON.stringify([at(0, badStart), ...numbered])))).toEqual({
      sessions: { sid2: 2 },
      leftOut: [
        expect.stringMatching(reason),
        'request 3 is for session {sid1}, which no sessionStart before it opened',
      ],
    });
  });

  it('leaves out a whole session that came with one bad event', async () => {
    const whole = at(0, [start, events.play, { eventType: 'pong' }]);
    const { sessions, leftOut } = await outcome(file(JSON.stringify([whole, at(1, start), at(2, events.play, 'abc')])));
    expect(sessions).toEqual({ abc: 2 });
    expect(leftOut).toEqual([expect.stringMatching(/^request 1\[2\] is no event .*eventType/)]);
  });

  it('names once a session that began before the recording did', async () => {
    const old = (atMs: number) => at(atMs, events.ping, 'old');
    const recorded = [old(0), at(1, start), old(2), at(3, events.play, 'new'), old(4)];
    expect(await outcome(file(JSON.stringify(recorded)))).toEqual({
      sessions: { new: 2 },
      leftOut: ['request 1 is for session old, which no sessionStart before it opened'],
    });
  });

  it.each(['{sid}', '{sid1}'])('leaves out a stray session where a path has the placeholder %s', async (name) => {
    const recorded = [at(0, start), at(1, events.play, 'undefined'), at(2, events.play, name)];
    expect(await outcome(file(JSON.stringify(recorded)))).toEqual({
      sessions: { [name.replace(/[{}]/g, '')]: 2 },
      leftOut: ['request 2 is for session undefined, which no sessionStart before it opened'],
    });
  });

  it('reports the good lines of stored events and sessions, as after a crash that cut one', async () => {
    const lines = [
      line('late', events.play),
      line('late', events.ping),
      line('a', start),
      line('a', { eventType: 'pong' }),
      stored,
      { ...stored, session: { sid: 'c' } },
      line('refused', badStart),
      line('a', events.play),
    ];
    const text = `${lines.map((each) => JSON.stringify(each)).join('\n')}\n{"sid":"a","ev`;
    expect(await outcome(file(text))).toEqual({
      sessions: { a: 2, b: 1 },
      leftOut: [
        'line 1 is for session late, which no sessionStart before it opened',
        expect.stringMatching(/^line 4 is no event that a collector keeps: /),
        'line 6 has no session with a sid, a deadline and a closeReason',
        expect.stringMatching(/^line 7 is no event .*media\.id/),
        expect.stringMatching(/^line 9 is not JSON: /),
      ],
    });
  });

  it('says so beside the text too, and before it misses a session that is asked for', async () => {
    const path = file([line('a', start), line('b', badStart)]);
    const { stdout, code } = await run(['report', '--text', path]);
    expect({ stdout, code }).toMatchObject({ stdout: expect.stringMatching(/^session a: /), code: 3 });
    const missed = await run(['report', path, '--sid', 'b']);
    expect(missed.stderr.split('\n')).toEqual([
      expect.stringMatching(/: left out of \S+: line 2 is no event/),
      `media-sessions: ${path} has no session b; it has a`,
      '',
    ]);
    expect(missed).toMatchObject({ stdout: '', code: 2 });
  });
});

describe('media-sessions report of bad input', () => {
  const request = { method: 'POST', path: '/api/v1/sessions', headers: {}, body: start, atMs: 0 };
  const follows = { ...request, path: '/api/v1/sessions/{sid}/events', body: events.play };
  const line = { sid: 'a', event: start, receivedAt: 0 };

  it.each([
    ['an empty file', '', 'there is no session in it'],
    ['an array without requests', '[]', 'there is no session in it'],
    ['a text', 'Hello\nyou', /line 1 is not JSON: /],
    ['a recording that is cut', '[{"method":', /it is not JSON: /],
    ['lines that are cut', '{"sid":"a"\n{"sid":"a","ev', /line 1 is not JSON: .*; that is the first of 2 faults/],
    ['a number', '42', 'line 1 is neither { sid, event, receivedAt } nor { session, events }'],
    ['something else in a recording', '[1]', 'request 1 is not { method, path, headers, body, atMs }'],
    [
      'a report',
      JSON.stringify({ sid: 'a', open: false, sessionDetails: {} }),
      'line 1 is a report already; give the requests, events or sessions that it was made of',
    ],
    ['a request without a time', [{ ...request, atMs: undefined }], /request 1 has no atMs/],
    ['a start that no collector keeps', [{ ...request, body: { eventType: 'pong' } }], /request 1 .*eventType/],
    ['events without a start', [follows], /request 1 is for session \{sid\}, which no sessionStart before it opened/],
    ['sessions that cannot be told apart', [request, request, follows], /call them \{sid1\}, \{sid2\}/],
    ['a downloaded session without events', [{ ...request, body: [] }], /request 1 is an array without events/],
    ['a stored event without its time', JSON.stringify({ ...line, receivedAt: undefined }), /line 1 has no receivedAt/],
    ['stored events without a start', JSON.stringify({ ...line, event: events.play }), /line 1 .*sessionStart/],
    [
      'a stored session that is none',
      JSON.stringify({ session: {}, events: [line] }),
      /line 1 has no session with a sid/,
    ],
    [
      'a stored session without events',
      JSON.stringify({ session: {}, events: [] }),
      /line 1 has no session|without events/,
    ],
    ['a SQLite file that is broken', 'SQLite format 3\0\x10\0', /SQLite says|file is not a database/],
  ])('says what is wrong with %s in one line, with exit code 2', async (_name, content, message) => {
    const path = file(typeof content === 'string' ? content : JSON.stringify(content));
    const { stdout, stderr, code } = await run(['report', path]);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    const [, said] = /^media-sessions: cannot read \S+: (.*)\n$/.exec(stderr) ?? [];
    if (typeof message === 'string') expect(said).toBe(message);
    else expect(said).toMatch(message);
  });

  it.each([
    ['a file that is not there', 'nowhere.json', 'cannot read nowhere.json: no such file or directory'],
    ['a folder', 'test', 'cannot read test: illegal operation on a directory'],
  ])('says so of %s', async (_name, path, message) => {
    expect(await run(['report', path])).toEqual({ stdout: '', stderr: `media-sessions: ${message}\n`, code: 2 });
  });

  it('names the sessions there are when one is asked for that is not', async () => {
    const { stderr, code } = await run(['report', twoSessions, '--sid', 'sid3']);
    expect(stderr).toBe(`media-sessions: ${twoSessions} has no session sid3; it has sid1, sid2\n`);
    expect(code).toBe(2);
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
