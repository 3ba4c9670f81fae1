import assert from 'node:assert/strict';
import { DATASTREAM, edgeEvent } from './edge-samples.ts';
import type { Answer, Target } from './target.ts';

/** The path of a type of the Media Edge API, with the query that every SDK sends. */
export function edgePath(type: string, { region = '', query = '' } = {}): string {
  return `/ee${region && `/${region}`}/va/v1/${type}?configId=${DATASTREAM}${query}`;
}

export const INTERACT = `/ee/v1/interact?configId=${DATASTREAM}`;

/** Posts as the Web SDK does: JSON, called text so that no preflight comes, with cookies. */
export function postEdge(
  target: Target,
  path: string,
  events: readonly unknown[],
  { headers = {}, around = {} }: { headers?: Readonly<Record<string, string>>; around?: object } = {},
): Promise<Answer> {
  return target.send({
    path,
    headers: { 'content-type': 'text/plain; charset=UTF-8', ...headers },
    body: JSON.stringify({ events, ...around }),
  });
}

/** Starts a session and gives its id. */
export async function startEdge(target: Target): Promise<string> {
  return edgeSidOf(await postEdge(target, edgePath('sessionStart'), [edgeEvent('sessionStart')]));
}

/** The id of the session that an answer brings. */
export function edgeSidOf({ status, body }: Answer): string {
  assert.equal(status, 200, body);
  const [handle] = JSON.parse(body).handle;
  assert.equal(handle.type, 'media-analytics:new-session');
  return handle.payload[0].sessionId;
}

/** Asserts a problem document, and gives it. */
export function assertProblem(answer: Answer, status: number): { type: string; title: string; report: unknown } {
  assert.equal(answer.status, status, answer.body);
  assert.equal(answer.headers['content-type'], 'application/problem+json');
  assert.equal(Number(answer.headers['content-length']), Buffer.byteLength(answer.body));
  const problem = JSON.parse(answer.body);
  assert.equal(problem.status, status);
  return problem;
}
