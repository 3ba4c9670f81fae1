import assert from 'node:assert/strict';
import { assertError, SESSIONS, sidOf } from './checks.ts';
import { start, startWith } from './samples.ts';
import type { Answer, Row, Target } from './target.ts';

const json = JSON.stringify(start);
const FORM = 'application/x-www-form-urlencoded';

/** How a body is read, whatever it holds. */
export const bodyRows: readonly Row[] = [
  {
    id: 'body-any-type',
    must: 'MUST read the body as JSON whatever its Content-Type says',
    async check(target) {
      for (const type of ['text/plain', 'text/plain;charset=UTF-8', 'application/octet-stream', 'image/png']) {
        sidOf(await sendBody(target, json, type));
      }
    },
  },
  {
    id: 'body-form-type',
    must: 'MUST read JSON sent as a form, as curl does; where a form parser of the host read it first, MUST say so',
    async check(target) {
      const answer = await sendBody(target, json, FORM);
      if (!target.hostParses.includes('form')) sidOf(answer);
      else assert.match(assertError(answer, 400)['$'] ?? '', /form/);
    },
  },
  {
    id: 'body-bom',
    must: 'MUST drop a byte order mark',
    async check(target) {
      sidOf(await sendBody(target, `\ufeff${json}`));
    },
  },
  {
    id: 'body-not-json',
    must: 'MUST answer 400 to a body that is not JSON',
    async check(target) {
      for (const body of ['{"a":', 'eventType=sessionStart', '{}}', "{'a': 1}", '{"a":NaN}', '[1,]']) {
        assertRefused(target, await sendBody(target, body));
      }
    },
  },
  {
    id: 'body-empty',
    must: 'MUST answer 400 to an empty body',
    async check(target) {
      assert.equal((await sendBody(target, '')).status, 400);
      assert.equal((await sendBody(target, '', 'text/plain')).status, 400);
    },
  },
  {
    id: 'body-invalid-utf8',
    must: 'MUST answer 400 to bytes that are not UTF-8',
    async check(target) {
      const bytes = Buffer.from(JSON.stringify(startWith({ customMetadata: { a: 'X' } })));
      bytes[bytes.lastIndexOf('X')] = 0xff;
      const answer = await sendBody(target, bytes, 'application/octet-stream');
      if (target.hostParses.includes('text'))
        sidOf(answer); // decoded by the host's parser, in its lenient way
      else assert.match(assertError(answer, 400)['$'] ?? '', /UTF-8/);
    },
  },
  {
    id: 'body-too-large',
    must: 'MUST answer 413 to a body over the limit, and take one just under it',
    async check(target) {
      const frame = JSON.stringify(startWith({ customMetadata: { a: '' } })).length;
      const ofSize = (size: number) => JSON.stringify(startWith({ customMetadata: { a: 'x'.repeat(size - frame) } }));
      sidOf(await sendBody(target, ofSize(1_048_576)));
      for (const size of [1_048_577, 2_097_152]) {
        const answer = await sendBody(target, ofSize(size));
        assertError(answer, 413);
      }
    },
  },
  {
    id: 'body-hostile',
    must: 'MUST answer hostile JSON at once and without harm: 10,000 levels, 100,000 keys, __proto__',
    async check(target) {
      const wrap = (member: string) => json.replace('"params"', `${member},"params"`);
      const deep = `"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}`;
      assert.match(assertError(await sendBody(target, wrap(deep)), 400)['$'] ?? '', /64 levels/);

      const keys = Array.from({ length: 50_000 }, (_, index) => `"k${index}":${index}`).join();
      sidOf(await sendBody(target, wrap(`"wide":{${keys}}`)));
      assertError(await sendBody(target, wrap(`"customMetadata":{${keys}}`)), 400);

      const prototypes = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}';
      const answer = await sendBody(target, wrap(prototypes));
      if (answer.status !== 400 || !target.hostParses.includes('json')) sidOf(answer); // some parsers refuse such keys
      assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    },
  },
];

function sendBody(target: Target, body: string | Uint8Array, type = 'application/json'): Promise<Answer> {
  return target.send({ path: SESSIONS, headers: { 'content-type': type }, body });
}

/** A refusal, in the API's own form unless a parser of the host was first to refuse. */
function assertRefused(target: Target, answer: Answer): void {
  if (target.hostParses.includes('json')) assert.equal(answer.status, 400);
  else assertError(answer, 400);
}
