import assert from 'node:assert/strict';
import { assertCors, assertError, assertNoContent, post, SESSIONS, sidOf } from './checks.ts';
import { events, start } from './samples.ts';
import type { Row } from './target.ts';

const POST_PATHS = [SESSIONS, `${SESSIONS}/abc/events`, '/api/v1/downloaded'];
const SCHEMA_PATH = '/api/v1/schemas/ping';

/** Methods, paths, and pages of other origins. */
export const httpRows: readonly Row[] = [
  {
    id: 'http-405',
    must: 'MUST answer any other method with 405 and an Allow header',
    async check(target) {
      for (const path of POST_PATHS) {
        for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
          const answer = await target.send({ method, path });
          assertError(answer, 405);
          assert.equal(answer.headers['allow'], 'OPTIONS, POST');
        }
        const head = await target.send({ method: 'HEAD', path });
        assert.deepEqual([head.status, head.headers['allow'], head.body], [405, 'OPTIONS, POST', '']);
      }
      const answer = await target.send({ method: 'POST', path: SCHEMA_PATH, body: '{}' });
      assertError(answer, 405);
      assert.equal(answer.headers['allow'], 'OPTIONS, GET, HEAD');
    },
  },
  {
    id: 'http-preflight',
    must: 'MUST answer a preflight with 204 and how long it holds, or leave it to the host that does',
    async check(target) {
      for (const path of [...POST_PATHS, SCHEMA_PATH]) {
        const answer = await target.send({
          method: 'OPTIONS',
          path,
          headers: {
            origin: 'https://player.example',
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'content-type',
          },
        });
        assertNoContent(answer);
        assertCors(target, answer);
        assert.equal(answer.headers['access-control-allow-origin'], '*');
        if (target.cors === 'api') assert.equal(answer.headers['access-control-max-age'], '86400');
      }
    },
  },
  {
    id: 'http-cors-on-errors',
    must: 'MUST let pages of other origins read its errors',
    async check(target) {
      const answer = await target.send({
        method: 'GET',
        path: SESSIONS,
        headers: { origin: 'https://player.example' },
      });
      assertCors(target, answer);
      assert.equal(answer.headers['access-control-allow-origin'], '*');
    },
  },
  {
    id: 'http-double-slash',
    must: 'MUST take two slashes at the start of a path, which a base URL with a slash at its end makes, for one',
    async check(target) {
      if (target.routesExactly) return;
      const sid = sidOf(await post(target, `/${SESSIONS}`, start));
      assertNoContent(await post(target, `/${SESSIONS}/${sid}/events`, events.ping));
      assert.equal((await target.send({ method: 'GET', path: `/${SCHEMA_PATH}` })).status, 200);
    },
  },
  {
    id: 'http-other-paths',
    must: "MUST leave every other path to the host, and name the API's endpoints where there is none",
    async check(target) {
      const paths = [
        '/hello',
        '/api/v1',
        '/api/v1/sessions/abc',
        '/api/v1/sessionsx',
        '/api/v2/sessions',
        '/API/v1/sessions',
      ];
      for (const path of paths) {
        const answer = await target.send({ method: 'GET', path });
        if (target.otherPaths === 'host') {
          assert.equal(answer.status, path === '/hello' ? 200 : 404);
          assert.ok(!answer.headers['content-type']?.includes('json'));
        } else {
          assertError(answer, 404);
          for (const name of ['sessions', '{sid}/events', 'downloaded', 'schemas'])
            assert.ok(answer.body.includes(name));
        }
      }
    },
  },
];
