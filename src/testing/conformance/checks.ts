import assert from 'node:assert/strict';
import type { RejectionReason } from '../../index.ts';
import { start } from './samples.ts';
import type { Answer, Target } from './target.ts';

export const SESSIONS = '/api/v1/sessions';
const LOCATION = /^\/api\/v1\/sessions\/([0-9a-f]{64})$/;

/** Posts JSON. */
export function post(target: Target, path: string, body: unknown, headers?: Record<string, string>): Promise<Answer> {
  return target.send({
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** Starts a session and gives its id. */
export async function startSession(target: Target, body: unknown = start): Promise<string> {
  return sidOf(await post(target, SESSIONS, body));
}

/** The id of the session that an answer is about. */
export function sidOf(answer: Answer): string {
  assert.equal(answer.status, 201, answer.body);
  const sid = LOCATION.exec(answer.headers['location'] ?? '')?.[1];
  assert.ok(sid, `Location was ${answer.headers['location']}`);
  return sid;
}

/** Asserts an error in the API's own form, and gives its reasons by path. */
export function assertError(answer: Answer, status: number): Readonly<Record<string, string>> {
  assert.equal(answer.status, status, answer.body);
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.equal(Number(answer.headers['content-length']), Buffer.byteLength(answer.body));
  const { message, errors = [] } = JSON.parse(answer.body) as { message: string; errors?: RejectionReason[] };
  assert.equal(typeof message, 'string');
  return Object.fromEntries(errors.map(({ path, reason }) => [path, reason]));
}

/** Asserts an answer without a body. */
export function assertNoContent(answer: Answer): void {
  assert.equal(answer.status, 204, answer.body);
  assert.equal(answer.body, '');
  assert.equal(answer.headers['content-type'], undefined);
}

/** Asserts the CORS headers of the API; where the host sends its own, those of the API must be absent. */
export function assertCors(target: Target, { headers }: Answer): void {
  const own = {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'OPTIONS,POST,PUT',
    'access-control-allow-headers': 'Content-Type',
    'access-control-expose-headers': 'Location',
  };
  if (target.cors === 'host') {
    assert.notEqual(headers['access-control-allow-methods'], own['access-control-allow-methods']);
    return;
  }
  for (const [name, value] of Object.entries(own)) assert.equal(headers[name], value, name);
}

/** Tells whether a segment of a path is well encoded. */
export function decodes(segment: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(segment);
}
