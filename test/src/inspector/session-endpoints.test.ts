import { describe, expect, it } from 'vitest';
import type {
  AdList,
  ChapterList,
  Drawing,
  EventDiagnostics,
  EventList,
  IndexedExplanation,
  SessionDetail,
} from '../../../src/inspector/api.ts';
import { events, start } from '../../../src/testing/conformance/samples.ts';
import { eventsPath, inspected, NOW } from '../../support/inspector/inspect.ts';

describe('a session', () => {
  it('comes with its report, what made each number, and what was on when', async () => {
    const { start: startSession, post, read, advance } = inspected();
    const sid = await startSession();
    const send = async (eventType: keyof typeof events, seconds: number) => {
      advance(1000);
      const playerTime = { playhead: seconds, ts: start.playerTime.ts + seconds * 1000 };
      expect((await post(eventsPath(sid), { ...events[eventType], playerTime })).status).toBe(204);
    };
    await send('adBreakStart', 0);
    await send('adStart', 0);
    await send('adComplete', 15);
    await send('adBreakComplete', 15);
    await send('play', 15);
    await send('pauseStart', 25);
    await send('play', 30);
    await send('ping', 40);

    const { session, report, lanes, isThinned } = await read<SessionDetail>(`/api/sessions/${sid}`);
    expect(session).toMatchObject({ sid, state: 'open' });
    expect(report.sessionDetails).toMatchObject({ timePlayed: 20, pauseTime: 5, adCount: 1, totalTimePlayed: 35 });
    const at = (index: number, seconds: number) => ({ index, ts: start.playerTime.ts + seconds * 1000 });
    const explanation = (field: string) =>
      read<IndexedExplanation>(`/api/sessions/${sid}/explanation?field=sessionDetails.${field}`);
    expect(await explanation('pauseTime')).toMatchObject({
      intervals: [{ from: at(6, 25), to: at(7, 30), ms: 5000 }],
      events: [],
      totals: { intervals: 1, events: 0 },
    });
    expect((await explanation('adCount')).events).toEqual([2]);
    expect(isThinned).toBe(false);
    expect(lanes.map(({ kind, intervals }) => [kind, intervals.map(({ from, to }) => [from.index, to.index])])).toEqual(
      [
        [
          'content',
          [
            [5, 6],
            [7, 8],
          ],
        ],
        ['adBreak', [[1, 4]]],
        ['ad', [[2, 3]]],
        ['pause', [[6, 7]]],
      ],
    );
    expect(lanes[2]?.intervals[0]).toMatchObject({
      label: 'ad-1',
      field: 'ads[0].advertisingDetails.timePlayed',
      ms: 15_000,
    });
    expect(await read<AdList>(`/api/sessions/${sid}/ads`)).toMatchObject({
      ads: [{ advertisingDetails: { name: 'ad-1', timePlayed: 15 }, advertisingPodDetails: { index: -1 } }],
      next: 1,
      total: 1,
    });
  });

  it('shows breaks that nobody closed up to the next, or to the last event', async () => {
    const { start: startSession, post, read } = inspected();
    const sid = await startSession();
    const at = (event: object, playhead: number) =>
      post(eventsPath(sid), { ...event, playerTime: { playhead, ts: start.playerTime.ts + playhead * 1000 } });
    await at(events.adBreakStart, 1);
    await at(
      { ...events.adBreakStart, params: { ...events.adBreakStart.params, 'media.ad.podFriendlyName': 'Mid' } },
      5,
    );
    await at(events.ping, 9);
    const { lanes } = await read<SessionDetail>(`/api/sessions/${sid}`);
    expect(lanes.find(({ kind }) => kind === 'adBreak')?.intervals).toMatchObject([
      { label: 'Break -1', ms: 4000 },
      { label: 'Mid', ms: 4000 },
    ]);
  });

  it('gives its events from any place on, and tells where to go on', async () => {
    const { start: startSession, post, read } = inspected();
    const sid = await startSession();
    for (let count = 0; count < 5; count++) await post(eventsPath(sid), events.ping);
    const path = `/api/sessions/${sid}/events`;
    const first = await read<EventList>(`${path}?limit=4`);
    expect(first).toMatchObject({ next: 4, more: true });
    expect(first.events[0]).toEqual({ index: 0, event: start, receivedAt: NOW });
    expect(await read<EventList>(`${path}?from=4`)).toMatchObject({ events: [{ index: 4 }, { index: 5 }], next: 6 });
    expect(await read<EventList>(`${path}?from=6`)).toEqual({ events: [], next: 6, more: false });
    await post(eventsPath(sid), events.play);
    expect((await read<EventList>(`${path}?from=6`)).events).toMatchObject([
      { index: 6, event: { eventType: 'play' } },
    ]);
  });

  it('is sent again when an event comes in the same millisecond', async () => {
    const { start: startSession, post, inspect } = inspected();
    const sid = await startSession();
    for (const path of [`/api/sessions/${sid}`, `/api/sessions/${sid}/events`]) {
      const { headers } = await inspect(path);
      await post(eventsPath(sid), events.ping);
      expect((await inspect(path, { headers: { 'if-none-match': headers['ETag'] ?? '' } })).status).toBe(200);
    }
  });

  it('says what is wrong with each event', async () => {
    const { start: startSession, post, read } = inspected();
    const sid = await startSession();
    await post(eventsPath(sid), { ...events.adStart, playerTime: { playhead: 1, ts: start.playerTime.ts + 1000 } });
    const { report, marks } = await read<SessionDetail>(`/api/sessions/${sid}`);
    const place = report.diagnostics.findIndex(({ code }) => code === 'ad-outside-break');
    expect(marks).toContainEqual({ index: 1, ts: start.playerTime.ts + 1000, diagnostic: place });
    const about = (index: number) => read<EventDiagnostics>(`/api/sessions/${sid}/diagnostics?event=${index}`);
    expect((await about(1)).diagnostics).toContain(place);
    expect((await about(0)).diagnostics).not.toContain(place);
    expect((await about(99)).diagnostics).toEqual([]);
  });

  it('shows a time without events as a gap', async () => {
    const { start: startSession, post, read, advance } = inspected();
    const sid = await startSession();
    for (const seconds of [5, 295]) {
      advance(seconds * 1000);
      await post(eventsPath(sid), {
        ...events.ping,
        playerTime: { playhead: 1, ts: start.playerTime.ts + (seconds === 5 ? 5000 : 300_000) },
      });
    }
    const { lanes } = await read<SessionDetail>(`/api/sessions/${sid}`);
    expect(lanes.find(({ kind }) => kind === 'gap')?.intervals).toMatchObject([
      { from: { index: 1 }, to: { index: 2 }, ms: 295_000 },
    ]);
  });

  it('is drawn for a part of its time', async () => {
    const { start: startSession, post, read, inspect } = inspected();
    const sid = await startSession();
    const { ts } = start.playerTime;
    for (const [at, event] of [events.play, events.pauseStart, events.play, events.pauseStart, events.play].entries())
      await post(eventsPath(sid), { ...event, playerTime: { playhead: at, ts: ts + at * 1000 } });
    const path = `/api/sessions/${sid}/lanes`;
    const { from, to, lanes } = await read<Drawing>(`${path}?from=${ts + 2500}&to=${ts + 3500}`);
    expect([from, to]).toEqual([ts + 2500, ts + 3500]);
    expect(lanes.map(({ kind, intervals }) => [kind, intervals.map((interval) => interval.from.index)])).toEqual([
      ['content', [3]],
      ['pause', [4]],
    ]);
    for (const query of ['from=1', 'to=1', 'from=2&to=1', 'from=x&to=y', 'from=1&to=1e999'])
      expect((await inspect(`${path}?${query}`)).status).toBe(400);
  });

  it('has ads and chapters by pages', async () => {
    const { start: startSession, post, read } = inspected();
    const sid = await startSession();
    await post(eventsPath(sid), events.adBreakStart);
    for (let count = 0; count < 5; count++) await post(eventsPath(sid), events.adStart);
    for (let count = 0; count < 3; count++) await post(eventsPath(sid), events.chapterStart);
    const page = await read<AdList>(`/api/sessions/${sid}/ads?from=1&limit=3`);
    expect([page.ads.length, page.next, page.total]).toEqual([3, 4, 5]);
    expect(await read<AdList>(`/api/sessions/${sid}/ads?from=9`)).toMatchObject({ ads: [], next: 9, total: 5 });
    expect((await read<ChapterList>(`/api/sessions/${sid}/chapters`)).chapters).toHaveLength(3);
  });

  it('is not sent again while no event comes, once it was quiet', async () => {
    const { start: startSession, post, inspect, advance } = inspected();
    const sid = await startSession();
    for (const path of [`/api/sessions/${sid}`, `/api/sessions/${sid}/events`, `/api/sessions/${sid}/lanes`]) {
      advance(5000);
      const { headers } = await inspect(path);
      const again = () => inspect(path, { headers: { 'if-none-match': headers['ETag'] ?? '' } });
      expect((await again()).status).toBe(304);
      await post(eventsPath(sid), events.ping);
      expect((await again()).status).toBe(200);
    }
  });

  it('is sent again when it closes', async () => {
    const { start: startSession, inspect, advance } = inspected();
    const sid = await startSession();
    advance(5000);
    const { headers } = await inspect(`/api/sessions/${sid}`);
    advance(600_000);
    const closed = await inspect(`/api/sessions/${sid}`, { headers: { 'if-none-match': headers['ETag'] ?? '' } });
    expect(JSON.parse(closed.body ?? '')).toMatchObject({ session: { state: 'closed' }, report: { open: false } });
  });

  it('is reported as of its last event where the clock is behind', async () => {
    const { start: startSession, read, advance } = inspected();
    const sid = await startSession();
    advance(-5000);
    expect(await read<SessionDetail>(`/api/sessions/${sid}`)).toMatchObject({ report: { asOf: NOW } });
  });

  it.each(['nobody', '__proto__', '%00', 'a'.repeat(10_000)])('is not found as %s', async (sid) => {
    const { inspect } = inspected();
    expect((await inspect(`/api/sessions/${sid}`)).status).toBe(404);
    expect((await inspect(`/api/sessions/${sid}/events`)).status).toBe(404);
  });
});
