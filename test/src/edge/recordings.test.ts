import { afterEach, describe, expect, it } from 'vitest';
import { createCollector, type SessionReport, type SomeTimeouts, sessionReport } from '../../../src/index.ts';
import { CAUSED_BY_EDGE_SDKS } from '../../../src/report/diagnostics/diagnostics.ts';
import { call, closeAll, open } from '../../support/collector.ts';
import { EDGE_RECORDINGS, replayEdge, sidIn } from '../../support/edge-recordings.ts';
import { toXdm } from '../../support/edge-translation.ts';
import { RECORDINGS } from '../../support/recordings.ts';
import { sessionsOf } from '../../support/report/recorded-sessions.ts';

afterEach(closeAll);

function edgeCollector(now: () => number, timeouts: SomeTimeouts = {}) {
  const collector = createCollector({ edge: true, now, timeouts });
  open.push(collector);
  const send = async ({ path, body }: { readonly path: string; readonly body: string }) => {
    const reply = await collector.handle(call(path, body));
    if (reply === undefined) throw new Error(`No answer to ${path}`);
    return reply;
  };
  return { collector, send };
}

/** The reports of a recording, an hour after it. */
async function reportsOf(name: string): Promise<SessionReport[]> {
  const recording = EDGE_RECORDINGS.find((each) => each.name === `edge/${name}`);
  if (recording === undefined) throw new Error(`There is no recording ${name}`);
  let now = Date.parse('2026-07-01T00:00:00Z');
  const advance = (ms: number) => {
    now += ms;
  };
  const { collector, send } = edgeCollector(() => now);
  const sids = await replayEdge(recording, { send, advance });
  advance(3_600_000);
  const reports = await Promise.all(sids.map((sid) => collector.report(sid)));
  return reports.filter((report) => report !== undefined);
}

const datastream = '00000000-0000-4000-8000-0000000000da';

describe('the report of a recording has the numbers worked out by hand', () => {
  it('of two ad breaks and two chapters, by the Web SDK', async () => {
    // Content 0.3 to 0.8 s, 21.2 to 41.7 s and 51.7 to 60 s: 29.3 s, and 30 s of ads.
    const [report] = await reportsOf('alloy-03-ads-chapters');
    expect(report).toMatchObject({
      protocol: 'media-edge',
      sdk: 'alloy-2.33.1',
      datastream,
      closeReason: 'idle',
      sessionDetails: {
        name: 'video-id-1',
        friendlyName: 'Video Name',
        length: 600,
        appVersion: 'cap-app 1.2.3',
        timePlayed: 29,
        totalTimePlayed: 59,
        uniqueTimePlayed: 30,
        isCompleted: true,
      },
      diagnostics: [],
    });
    expect(
      report?.ads.map(({ advertisingDetails: { name, friendlyName, timePlayed, isCompleted } }) => [
        name,
        friendlyName,
        timePlayed,
        isCompleted,
      ]),
    ).toEqual([
      ['ad-1', 'Ad 1', 15, true],
      ['ad-2', 'Ad 2', 5, undefined],
      ['ad-1', 'Ad 1', 10, true],
    ]);
    expect(
      report?.chapters.map(({ chapterDetails: { friendlyName, timePlayed }, customMetadata }) => [
        friendlyName,
        timePlayed,
        { ...customMetadata },
      ]),
    ).toEqual([
      ['Chapter 1', 20, { chapterKey: 'v' }],
      ['Chapter 2', 8, {}],
    ]);
  });

  it('of buffering, a seek, errors and states, by the Web SDK', async () => {
    // Buffering 0.3 to 3.3 s, a pause of 0.5 s, content 3.3 to 7.3 s and 7.8 to 16.8 s: 13 s, of playheads 120 to 129.
    const [report] = await reportsOf('alloy-04-buffer-seek-bitrate-error-states');
    expect(report).toMatchObject({
      closeReason: 'sessionEnd',
      sessionDetails: { timePlayed: 13, uniqueTimePlayed: 9, pauseCount: 1 },
      qoeDataDetails: {
        bufferTime: 3,
        bitrateChangeCount: 2,
        droppedFrames: 12,
        timeToStart: 1,
        playerSdkErrors: ['drm-404'],
        externalErrors: ['cdn-502'],
      },
    });
    expect(report?.states.map(({ name, time }) => [name, time])).toEqual([
      ['fullscreen', 4],
      ['mute', 2],
      ['closedCaptioning', 2],
      ['pictureInPicture', 1],
      ['inFocus', 1],
      ['custom_state', 1],
    ]);
    expect(report?.diagnostics.map(({ code }) => code)).toEqual(['state-end-without-start']);
  });

  it('of a pause, by the SDK for iOS', async () => {
    // Content 0 to 5 s and 20 to 35 s.
    const [report] = await reportsOf('ios-01-simple-playback');
    expect(report).toMatchObject({
      sdk: 'ios-5.2.0+5.0.3',
      sessionDetails: { streamType: 'audio', timePlayed: 20, pauseTime: 15, show: 'sampleshow', isCompleted: true },
      customMetadata: { key1: 'value1' },
      diagnostics: [],
    });
  });

  it('of timestamps without padding, by the SDK for Roku', async () => {
    // It started at 7 ms; content 0.3 to 15 s and 26 to 30 s.
    const [report] = await reportsOf('roku-01-playback');
    expect(report).toMatchObject({
      sdk: 'roku-1.3.0',
      startedAt: Date.parse('2026-01-15T10:00:00.007Z'),
      sessionDetails: { timePlayed: 19, pauseTime: 11 },
      diagnostics: [],
    });
    expect(report?.states.map(({ name, time }) => [name, time])).toEqual([
      ['mute', 18],
      ['pictureInPicture', 18],
    ]);
  });

  it('of a start that does not say when it was, as the documentation has it', async () => {
    // Buffering 1 to 4 s, content 4 to 15 s and 24 to 29 s; the start counts from the first event.
    const [report] = await reportsOf('doc-01-buffer-and-pause');
    expect(report).toMatchObject({
      startedAt: Date.parse('2026-01-15T10:00:01.000Z'),
      sessionDetails: { timePlayed: 16, pauseTime: 9 },
      qoeDataDetails: { bufferTime: 3 },
      diagnostics: [],
    });
    expect(report).not.toHaveProperty('sdk');
  });
});

describe('a session', () => {
  it.each(RECORDINGS)('has the report of $name where that comes by this API', async ({ name }) => {
    for (const { session, events } of sessionsOf(name)) {
      let now = 0;
      const { collector, send } = edgeCollector(() => now, { idle: 7_200_000 }); // one leaves out most pings
      const post = async (type: string, sent: object): Promise<string | undefined> => {
        const path = `/ee/va/v1/${type}?configId=${datastream}`;
        const { status, body } = await send({ path, body: JSON.stringify({ events: [sent] }) });
        expect(status, body).toBeLessThan(205);
        return body;
      };
      let sid = '';
      if (session.closeReason === 'downloaded') {
        const mediaDownloadedEvents = events.map(({ event }) => {
          const { eventType, timestamp, mediaCollection } = toXdm(event).xdm;
          return { mediaEventType: eventType, mediaEventTimestamp: timestamp, mediaCollection };
        });
        now = session.startedAt;
        const identityMap = {};
        const { implementationDetails } = events.map(({ event }) => toXdm(event).xdm)[0] ?? {};
        const xdm = { eventType: 'media.downloaded', mediaDownloadedEvents, identityMap, implementationDetails };
        sid = sidIn(await post('downloaded', { xdm }));
      } else {
        for (const { event, receivedAt } of events) {
          now = receivedAt;
          const element = toXdm(event, sid === '' ? undefined : sid);
          const body = await post(String(element.xdm['eventType']).replace('media.', ''), element);
          sid ||= sidIn(body);
        }
      }
      const stored = (await collector.events(sid)) ?? [];
      const kept = await collector.session(sid);
      if (kept?.edge === undefined) throw new Error('It was not kept');
      const report = sessionReport({ ...session, edge: kept.edge }, stored);
      expect(comparable(report)).toEqual(comparable(sessionReport(session, events)));
    }
  });
});

/** A report without what the protocol decides, and without keys that the other API alone has. */
function comparable({ protocol, datastream: _, diagnostics, ...report }: SessionReport): unknown {
  return {
    ...report,
    diagnostics: diagnostics.filter(({ code }) => !CAUSED_BY_EDGE_SDKS.has(code) && code !== 'unknown-qoe-key'),
  };
}
