import assert from 'node:assert/strict';
import { EDGE_EVENT_TYPES } from '../../index.ts';
import { assertNoContent } from './checks.ts';
import { assertProblem, edgePath, edgeSidOf, INTERACT, postEdge, startEdge } from './edge-checks.ts';
import { edgeEvent } from './edge-samples.ts';
import type { Row } from './target.ts';

const REQUEST_ID = '5fdb8a1a-3f9c-4b3e-8a93-9b7f4e4c6c7d';
const INVALID = 'https://ns.adobe.com/aep/errors/va-edge-0400-400';

const NO_STATES = { statesStart: [], statesEnd: [] };

/** The Media Edge API. */
export const edgeRows: readonly Row[] = [
  {
    id: 'edge-start-200',
    must: 'MUST answer a start with 200 and the handle of its session, on one line, with the id of the request',
    async check(target) {
      const path = edgePath('sessionStart', { query: `&requestId=${crypto.randomUUID()}` });
      const answer = await postEdge(target, path, [edgeEvent('sessionStart')]);
      const sid = edgeSidOf(answer);
      const requestId = path.split('requestId=')[1];
      assert.match(sid, /^[0-9a-f]{64}$/);
      assert.equal(
        answer.body,
        `{"requestId":"${requestId}","handle":[{"payload":[{"sessionId":"${sid}"}],"type":"media-analytics:new-session","eventIndex":0}]}`,
      );
      assert.equal(answer.headers['content-type'], 'application/json;charset=utf-8');
      assert.equal(Number(answer.headers['content-length']), answer.body.length);
    },
  },
  {
    id: 'edge-start-repeated',
    must: 'MUST give a start that is sent again, by its requestId or its _id, the session it has',
    async check(target) {
      const named = { query: `&requestId=${crypto.randomUUID()}` };
      const { xdm } = edgeEvent('sessionStart');
      const event = { xdm: { ...xdm, _id: crypto.randomUUID() } };
      const first = edgeSidOf(await postEdge(target, edgePath('sessionStart', named), [event]));
      assert.equal(edgeSidOf(await postEdge(target, edgePath('sessionStart', named), [event])), first);
      assert.equal(edgeSidOf(await postEdge(target, edgePath('sessionStart'), [event])), first);
      assert.notEqual(await startEdge(target), first);
    },
  },
  {
    id: 'edge-start-207',
    must: 'MUST answer 207 to a start that is wrong, with every reason, each with its path below the event',
    async check(target) {
      const path = edgePath('sessionStart', { query: `&requestId=${REQUEST_ID}` });
      const wrong = edgeEvent('sessionStart', undefined, { sessionDetails: { contentType: 7 } });
      const answer = await postEdge(target, path, [wrong]);
      assert.equal(answer.status, 207);
      assert.equal(answer.headers['content-type'], 'application/json;charset=utf-8');
      const details = [
        { name: '$.xdm.mediaCollection.sessionDetails.name', reason: 'Missing required field' },
        { name: '$.xdm.mediaCollection.sessionDetails.contentType', reason: 'Expected string, got number' },
      ];
      const report = { eventIndex: 0, details };
      assert.deepEqual(JSON.parse(answer.body), {
        requestId: REQUEST_ID,
        handle: [],
        errors: [{ type: INVALID, status: 400, title: 'Invalid request', report }],
      });
    },
  },
  {
    id: 'edge-start-datastream',
    must: 'MUST refuse a start that names no datastream',
    async check(target) {
      const answer = await postEdge(target, '/ee/va/v1/sessionStart', [edgeEvent('sessionStart')]);
      assert.match(assertProblem(answer, 400).type, /EXEG-0002-400$/);
    },
  },
  {
    id: 'edge-event-204',
    must: 'MUST answer an event of each type with 204 once it is stored, with a region in the path and without',
    async check(target) {
      const sid = await startEdge(target);
      const types = EDGE_EVENT_TYPES.filter((type) => type !== 'sessionStart');
      for (const [index, type] of types.entries()) {
        const path = edgePath(type, { region: index % 2 === 0 ? 'or2' : '' });
        assertNoContent(await postEdge(target, path, [edgeEvent(type, sid)]));
      }
      const stored = (await target.collector.events(sid))?.map(({ event }) => event.eventType);
      const sent = types.flatMap((type) => (type === 'statesUpdate' ? ['stateEnd', 'stateStart'] : [type]));
      assert.deepEqual(stored, ['sessionStart', ...sent]);
    },
  },
  {
    id: 'edge-event-400',
    must: 'MUST answer 400 to an event that is wrong, with every reason, each with its path, and keep nothing',
    async check(target) {
      const sid = await startEdge(target);
      const qoeDataDetails = { framesPerSecond: 'x' };
      const wrong = [edgeEvent('ping', sid), edgeEvent('ping', undefined, { qoeDataDetails })];
      const problem = assertProblem(await postEdge(target, edgePath('ping'), wrong), 400);
      assert.equal(problem.type, INVALID);
      const { details } = problem.report as { details: { name: string }[] };
      assert.deepEqual(details.map(({ name }) => name).sort(), [
        '$.events[1].xdm.mediaCollection.qoeDataDetails.framesPerSecond',
        '$.events[1].xdm.mediaCollection.sessionID',
      ]);
      assertProblem(await postEdge(target, edgePath('statesUpdate'), [edgeEvent('statesUpdate', sid, NO_STATES)]), 400);
      assert.equal((await target.collector.events(sid))?.length, 1);
    },
  },
  {
    id: 'edge-event-404',
    must: 'MUST answer 404 for a session that is unknown or closed: this API has no 410',
    async check(target) {
      const sid = await startEdge(target);
      assertNoContent(await postEdge(target, edgePath('sessionEnd'), [edgeEvent('sessionEnd', sid)]));
      await target.advance(5000);
      for (const gone of [sid, 'f'.repeat(64), '../x']) {
        const problem = assertProblem(await postEdge(target, edgePath('play'), [edgeEvent('play', gone)]), 404);
        assert.match(problem.type, /va-edge-0404-404$/);
      }
    },
  },
  {
    id: 'edge-malformed',
    must: 'MUST answer 400 to what is no JSON, or has no events',
    async check(target) {
      for (const body of ['{"events":', '{}', '{"events":[]}', '[]']) {
        const headers = { 'content-type': 'text/plain' };
        assertProblem(await target.send({ path: edgePath('sessionStart'), headers, body }), 400);
      }
    },
  },
  {
    id: 'edge-interact',
    must: 'MUST take media by interact, as the Web SDK starts sessions, and answer 200 with a list of handles',
    async check(target) {
      const sid = edgeSidOf(await postEdge(target, INTERACT, [edgeEvent('sessionStart')]));
      const answer = await postEdge(target, INTERACT, [edgeEvent('play', sid)]);
      assert.equal(answer.status, 200);
      assert.deepEqual(JSON.parse(answer.body).handle, []);
      assert.equal((await target.collector.events(sid))?.length, 2);
    },
  },
  {
    id: 'edge-collect',
    must: 'MUST take media by collect, as beacons bring it, and answer 204',
    async check(target) {
      const sid = await startEdge(target);
      const path = INTERACT.replace('interact', 'collect');
      assertNoContent(await postEdge(target, path, [edgeEvent('sessionEnd', sid)]));
      assert.equal((await target.collector.session(sid))?.closeReason, 'sessionEnd');
    },
  },
  {
    id: 'edge-other',
    must: 'MUST answer what is no media without harm: an empty list of handles, or 204 to a beacon',
    async check(target) {
      const page = [{ xdm: { eventType: 'web.webpagedetails.pageViews' } }];
      for (const name of ['interact', 'identity/acquire', 'privacy/set-consent']) {
        const answer = await postEdge(target, INTERACT.replace('interact', name), page);
        assert.deepEqual([answer.status, JSON.parse(answer.body).handle], [200, []]);
      }
      assertNoContent(await postEdge(target, INTERACT.replace('interact', 'collect'), page));
    },
  },
  {
    id: 'edge-separator',
    must: 'MUST put the record of a 200 or 207 between the separators that a request asks for, and else between none',
    async check(target) {
      const streaming = { recordSeparator: '\0', lineFeed: '\n', enabled: true };
      const around = { meta: { konductorConfig: { streaming } } };
      for (const event of [edgeEvent('sessionStart'), edgeEvent('sessionStart', undefined, { sessionDetails: 7 })]) {
        const asked = await postEdge(target, edgePath('sessionStart'), [event], { around });
        assert.match(asked.body, /^\0\{.*\}\n$/);
        assert.equal(Number(asked.headers['content-length']), asked.body.length);
        assert.match((await postEdge(target, edgePath('sessionStart'), [event])).body, /^\{.*\}$/);
      }
    },
  },
  {
    id: 'edge-downloaded',
    must: 'MUST take sessions that were recorded offline, each of them whole, and close them at once',
    async check(target) {
      const mediaDownloadedEvents = (['sessionStart', 'play', 'sessionComplete'] as const).map((type) => ({
        mediaEventType: `media.${type}`,
        mediaEventTimestamp: '2026-01-15T10:01:00.000Z',
        mediaCollection: edgeEvent(type).xdm.mediaCollection,
      }));
      const whole = { xdm: { eventType: 'media.downloaded', mediaDownloadedEvents } };
      const sid = edgeSidOf(await postEdge(target, edgePath('downloaded'), [whole]));
      assert.equal((await target.collector.events(sid))?.length, 3);
      assert.equal((await target.collector.session(sid))?.closeReason, 'downloaded');
    },
  },
  {
    id: 'edge-405',
    must: 'MUST answer 405 with Allow to any method but POST',
    async check(target) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const answer = await target.send({ method, path: edgePath('play') });
        assertProblem(answer, 405);
        assert.equal(answer.headers['allow'], 'OPTIONS, POST');
      }
    },
  },
  {
    id: 'edge-cors',
    must: 'MUST let in any page with its cookies, by echoing its origin, also where it says no',
    async check(target) {
      if (target.cors === 'host') return;
      const origin = 'https://www.player.test';
      const expected = {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'Retry-After, X-Adobe-Edge, X-Request-ID',
        vary: 'Origin',
      };
      const preflight = {
        method: 'OPTIONS',
        path: INTERACT,
        headers: { origin, 'access-control-request-method': 'POST' },
      };
      const answers = [
        await postEdge(target, INTERACT, [edgeEvent('sessionStart')], { headers: { origin } }),
        await postEdge(target, edgePath('play'), [], { headers: { origin } }),
        await target.send(preflight),
      ];
      for (const { headers } of answers) {
        for (const [name, value] of Object.entries(expected)) assert.equal(headers[name], value, name);
      }
      assert.equal(answers[2]?.status, 204);
      assert.equal(answers[2]?.headers['access-control-allow-headers'], 'Content-Type');
    },
  },
  {
    id: 'edge-schema',
    must: 'MUST serve the schema of every type',
    async check(target) {
      for (const type of [...EDGE_EVENT_TYPES, 'downloaded']) {
        const answer = await target.send({ method: 'GET', path: `/api/v1/schemas/edge/${type}` });
        assert.equal(answer.status, 200);
        assert.equal(JSON.parse(answer.body).properties.xdm.properties.eventType.const, `media.${type}`);
      }
      assertProblem(await target.send({ method: 'GET', path: '/api/v1/schemas/edge/stateStart' }), 404);
    },
  },
];
