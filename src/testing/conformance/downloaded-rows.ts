import assert from 'node:assert/strict';
import { assertCors, assertError, post, SESSIONS, sidOf } from './checks.ts';
import { downloadedSession, events, start } from './samples.ts';
import type { Row, Target } from './target.ts';

const pathOf = (sid: string) => `${SESSIONS}/${sid}/events`;

/** Sessions that arrive as a whole. */
export const downloadedRows: readonly Row[] = [
  {
    id: 'downloaded-201',
    must: 'MUST take a whole session as an array, with or without a sessionEnd, on both paths, and close it at once',
    async check(target) {
      for (const path of [SESSIONS, '/api/v1/downloaded']) {
        for (const body of [downloadedSession, downloadedSession.slice(0, 2)]) {
          const answer = await post(target, path, body);
          const sid = sidOf(answer);
          assertCors(target, answer);
          assert.deepEqual(
            (await target.collector.events(sid))?.map(({ event }) => event),
            body,
          );
          assert.equal((await target.collector.session(sid))?.closeReason, 'downloaded');
          assertError(await post(target, pathOf(sid), events.ping), 410);
        }
      }
    },
  },
  {
    id: 'downloaded-400',
    must: 'MUST refuse a whole array for one bad element, with its index in the path, and keep nothing',
    async check(target) {
      const before = await countSessions(target);
      const wrong = [
        ...downloadedSession.slice(0, 3),
        { eventType: 'ping', playerTime: { playhead: 1, ts: 'x' } },
        start,
      ];
      for (const path of [SESSIONS, '/api/v1/downloaded']) {
        const reasons = assertError(await post(target, path, wrong), 400);
        assert.deepEqual(Object.keys(reasons), ['$[3].playerTime.ts', '$[4].eventType']);
      }
      const headless = assertError(await post(target, SESSIONS, downloadedSession.slice(1)), 400);
      assert.deepEqual(Object.keys(headless), ['$[0].eventType']);
      assertError(await post(target, '/api/v1/downloaded', start), 400);
      assert.equal(await countSessions(target), before);
    },
  },
];

async function countSessions(target: Target): Promise<number> {
  return (await target.collector.sessions({ limit: 1000 })).sessions.length;
}
