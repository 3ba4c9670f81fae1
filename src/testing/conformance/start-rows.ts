import assert from 'node:assert/strict';
import { assertCors, assertError, post, SESSIONS, sidOf, startSession } from './checks.ts';
import { documentedStart, events, start, startWith, ts } from './samples.ts';
import type { Row } from './target.ts';

/** What `POST /api/v1/sessions` answers. */
export const startRows: readonly Row[] = [
  {
    id: 'start-201',
    must: 'MUST answer a sessionStart with 201, its Location, no body, and the headers of the hosted service',
    async check(target) {
      const answer = await post(target, SESSIONS, start);
      sidOf(answer);
      assert.equal(answer.body, '');
      assert.equal(answer.headers['content-type'], 'application/octet-stream');
      assert.equal(answer.headers['content-length'], '0');
      assertCors(target, answer);
    },
  },
  {
    id: 'start-new-id',
    must: 'MUST give each session an id of its own, also for an identical body, as retries send',
    async check(target) {
      assert.notEqual(await startSession(target), await startSession(target));
    },
  },
  {
    id: 'start-stored',
    must: 'MUST have stored the session when it answers 201, to the letter',
    async check(target) {
      const body = startWith({
        customMetadata: { constructor: 'a', nul: '\0', half: '\ud800', emoji: '🎬' },
        later: [1],
      });
      const stored = await target.collector.events(await startSession(target, body));
      assert.equal(JSON.stringify(stored?.map(({ event }) => event)), JSON.stringify([body]));
    },
  },
  {
    id: 'start-documented-sample',
    must: 'MUST take the sample body of the documentation, with its qoeData of param1 and param2',
    async check(target) {
      await startSession(target, documentedStart);
    },
  },
  {
    id: 'start-sdk-nulls',
    must: 'MUST take the nulls that SDKs send for an infinite length or playhead',
    async check(target) {
      const playerTime = { playhead: null, ts };
      await startSession(target, startWith({ playerTime, params: { ...start.params, 'media.length': null } }));
    },
  },
  {
    id: 'start-query-and-slash',
    must: 'MUST ignore a query string and one trailing slash',
    async check(target) {
      for (const path of [`${SESSIONS}?a=1`, `${SESSIONS}/`, `${SESSIONS}/?a=/x`]) {
        sidOf(await post(target, path, start));
      }
    },
  },
  {
    id: 'start-validation-token',
    must: 'MUST keep the X-Adobe-AEP-Validation-Token of a start with its session',
    async check(target) {
      const answer = await post(target, SESSIONS, start, { 'X-Adobe-AEP-Validation-Token': 'token-1' });
      assert.equal((await target.collector.session(sidOf(answer)))?.validationToken, 'token-1');
    },
  },
  {
    id: 'start-400-every-reason',
    must: 'MUST answer 400 with every reason at once, each with the JSONPath of its place',
    async check(target) {
      const reasons = assertError(
        await post(target, SESSIONS, {
          eventType: 'sessionStart',
          playerTime: { playhead: '0', ts: 1.5 },
          params: {
            'media.contentType': 7,
            'media.length': true,
            'visitor.customerIDs': { a: { id: 'x', authState: 3 } },
          },
          customMetadata: { "it's": 4 },
        }),
        400,
      );
      assert.deepEqual(reasons, {
        '$.playerTime.playhead': 'Expected number or null, got string',
        '$.playerTime.ts': 'Expected integer >= 0, got 1.5',
        "$.params['media.id']": 'Missing required field',
        "$.params['media.contentType']": 'Expected string, got number',
        "$.params['media.length']": 'Expected number or null, got boolean',
        "$.params['visitor.customerIDs'].a.authState": 'Expected 0, 1 or 2, got 3',
        "$.customMetadata['it\\'s']": 'Expected string, got number',
      });
    },
  },
  {
    id: 'start-400-bounded',
    must: 'MUST list 50 reasons at most, in less than 16 KB, say how many more there are, and repeat no long value',
    async check(target) {
      const customMetadata = Object.fromEntries(
        Array.from({ length: 400 }, (_, i) => [`\u{1F3AC}'${i}`.repeat(60), i]),
      );
      const answer = await post(target, SESSIONS, startWith({ customMetadata }));
      assertError(answer, 400);
      const { errors, more } = JSON.parse(answer.body);
      assert.ok(errors.length > 10 && errors.length <= 50);
      assert.equal(errors.length + more, 400);
      assert.ok(Buffer.byteLength(answer.body) < 16_384);
    },
  },
  {
    id: 'start-400-other-event',
    must: 'MUST refuse any event but sessionStart, naming the path it belongs to',
    async check(target) {
      for (const event of Object.values(events)) {
        const reasons = assertError(await post(target, SESSIONS, event), 400);
        assert.match(reasons['$.eventType'] ?? '', /\/api\/v1\/sessions\/\{sid\}\/events/);
      }
      for (const eventType of ['sessionstart', 7, null, undefined, '__proto__']) {
        const reasons = assertError(await post(target, SESSIONS, startWith({ eventType })), 400);
        assert.deepEqual(Object.keys(reasons), ['$.eventType']);
      }
    },
  },
  {
    id: 'start-400-no-object',
    must: 'MUST refuse JSON that is no event',
    async check(target) {
      for (const body of [[], [[]], [null], {}]) assertError(await post(target, SESSIONS, body), 400);
      for (const body of [null, 7, true, 'text']) {
        assert.equal((await post(target, SESSIONS, body)).status, 400); // a host's parser may be the one to refuse it
      }
    },
  },
];
