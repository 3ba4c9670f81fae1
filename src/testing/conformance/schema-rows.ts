import assert from 'node:assert/strict';
import { EVENT_TYPES } from '../../index.ts';
import { assertError, decodes } from './checks.ts';
import type { Row } from './target.ts';

/** The schemas that are served. */
export const schemaRows: readonly Row[] = [
  {
    id: 'schema-200',
    must: 'MUST serve the schema of every event type, and 304 to whom it is known',
    async check(target) {
      for (const eventType of EVENT_TYPES) {
        const path = `/api/v1/schemas/${eventType}`;
        const answer = await target.send({ method: 'GET', path });
        assert.equal(answer.status, 200);
        assert.equal(answer.headers['content-type'], 'application/json');
        const schema = JSON.parse(answer.body);
        assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
        assert.equal(schema.properties.eventType.const, eventType);
        const etag = answer.headers['etag'] ?? '';
        const known = await target.send({ method: 'GET', path, headers: { 'if-none-match': `"other", W/${etag}` } });
        assert.deepEqual([known.status, known.body, known.headers['etag']], [304, '', etag]);
        const head = await target.send({ method: 'HEAD', path });
        assert.deepEqual([head.status, head.body, head.headers['etag']], [200, '', etag]);
        if (!target.omitsLengths) {
          assert.equal(Number(head.headers['content-length']), Buffer.byteLength(answer.body));
        }
      }
    },
  },
  {
    id: 'schema-404',
    must: 'MUST answer 404 to any other schema, naming the event types',
    async check(target) {
      for (const name of ['pong', 'SessionStart', '%', '__proto__']) {
        const answer = await target.send({ method: 'GET', path: `/api/v1/schemas/${name}` });
        if (target.refusesBadUrls && !decodes(name)) {
          assert.ok(answer.status >= 400);
          continue;
        }
        assertError(answer, 404);
        for (const eventType of EVENT_TYPES) assert.ok(answer.body.includes(eventType));
      }
    },
  },
];
