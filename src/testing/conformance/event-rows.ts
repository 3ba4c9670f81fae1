import assert from 'node:assert/strict';
import { assertCors, assertError, assertNoContent, decodes, post, SESSIONS, startSession } from './checks.ts';
import { events, start } from './samples.ts';
import type { Row } from './target.ts';

const pathOf = (sid: string) => `${SESSIONS}/${sid}/events`;

/** The events that follow a start. */
export const eventRows: readonly Row[] = [
  {
    id: 'event-204',
    must: 'MUST answer 204 to every event type that may follow a start, and have stored it, in order',
    async check(target) {
      const sid = await startSession(target);
      for (const event of Object.values(events)) {
        const answer = await post(target, pathOf(sid), event);
        assertNoContent(answer);
        assertCors(target, answer);
      }
      const stored = (await target.collector.events(sid))?.map(({ event }) => event);
      assert.deepEqual(stored, [start, ...Object.values(events)]);
    },
  },
  {
    id: 'event-unordered',
    must: 'MUST take events in any order, with equal ts, twice, and with a playhead past the end: nothing of it is an error',
    async check(target) {
      const sid = await startSession(target);
      const { adStart, adBreakStart, adComplete, play, pauseStart } = events;
      const beyond = { ...events.ping, playerTime: { playhead: 1e6, ts: 0 } };
      for (const event of [adComplete, adStart, adBreakStart, play, play, pauseStart, pauseStart, beyond]) {
        assertNoContent(await post(target, pathOf(sid), event));
      }
    },
  },
  {
    id: 'event-400',
    must: 'MUST answer 400 with every reason to a wrong event, and not store it',
    async check(target) {
      const sid = await startSession(target);
      const wrong = { eventType: 'adStart', playerTime: { ts: -1 }, params: { 'media.ad.podPosition': 1.5 } };
      assert.deepEqual(assertError(await post(target, pathOf(sid), wrong), 400), {
        '$.playerTime.playhead': 'Missing required field',
        '$.playerTime.ts': 'Expected integer >= 0, got -1',
        "$.params['media.ad.id']": 'Missing required field',
        "$.params['media.ad.length']": 'Missing required field',
        "$.params['media.ad.podPosition']": 'Expected integer, got 1.5',
      });
      const unknown = assertError(await post(target, pathOf(sid), { eventType: 'pong', playerTime: {} }), 400);
      assert.match(unknown['$.eventType'] ?? '', /"pong".* one of sessionStart, play, /);
      assert.equal(unknown['$.playerTime.ts'], 'Missing required field');
      assert.equal((await target.collector.events(sid))?.length, 1);
    },
  },
  {
    id: 'event-400-start',
    must: 'MUST refuse a sessionStart among the events, naming the path it belongs to',
    async check(target) {
      const reasons = assertError(await post(target, pathOf(await startSession(target)), start), 400);
      assert.match(reasons['$.eventType'] ?? '', /\/api\/v1\/sessions$/);
    },
  },
  {
    id: 'event-404',
    must: 'MUST answer 404 to an id it never gave, whatever it looks like, and never fail on it',
    async check(target) {
      const ids = ['0'.repeat(64), 'nobody', '%', '%00', '%zz', '__proto__', 'constructor', 'a'.repeat(4000)];
      for (const sid of ids) {
        const answer = await post(target, pathOf(sid), events.ping);
        if (target.refusesBadUrls && !decodes(sid)) assert.ok(answer.status >= 400);
        else assertError(answer, 404);
      }
    },
  },
  {
    id: 'event-check-order',
    must: 'MUST look at the body before the session: a wrong event for an unknown session is a 400',
    async check(target) {
      assertError(await post(target, pathOf('nobody'), { eventType: 'ping' }), 400);
    },
  },
  {
    id: 'event-410-ended',
    must: 'MUST take events for 5 s after sessionEnd, and then answer 410',
    async check(target) {
      const sid = await startSession(target);
      assertNoContent(await post(target, pathOf(sid), events.sessionEnd));
      await target.advance(2_000);
      assertNoContent(await post(target, pathOf(sid), events.adBreakComplete));
      assertNoContent(await post(target, pathOf(sid), events.sessionEnd));
      await target.advance(3_000);
      assertError(await post(target, pathOf(sid), events.ping), 410);
    },
  },
  {
    id: 'event-410-idle',
    must: 'MUST close a session 10 minutes after its last event, and answer 410 from then on',
    async check(target) {
      const sid = await startSession(target);
      await target.advance(570_000);
      assertNoContent(await post(target, pathOf(sid), events.ping));
      await target.advance(600_000);
      assertError(await post(target, pathOf(sid), events.ping), 410);
      assertError(await post(target, pathOf(sid), events.play), 410);
    },
  },
  {
    id: 'event-410-stall',
    must: 'MUST close a session 30 minutes and the grace after its playhead last moved, pings or not',
    async check(target) {
      const sid = await startSession(target);
      for (let minutes = 0; minutes < 27; minutes += 9) {
        await target.advance(540_000);
        assertNoContent(await post(target, pathOf(sid), events.ping));
      }
      await target.advance(180_000);
      assertNoContent(await post(target, pathOf(sid), events.ping)); // the SDK's own sessionEnd comes a moment later
      await target.advance(10_000);
      assertError(await post(target, pathOf(sid), events.ping), 410);
    },
  },
  {
    id: 'event-open-after-complete',
    must: 'MUST keep a session open after sessionComplete and error',
    async check(target) {
      const sid = await startSession(target);
      for (const event of [events.sessionComplete, events.error, events.ping]) {
        await target.advance(60_000);
        assertNoContent(await post(target, pathOf(sid), event));
      }
    },
  },
];
