import { readdirSync, readFileSync } from 'node:fs';
import type { RecordedRequest } from './recordings.ts';

/** The traffic of one client of the Media Edge API, from start to end. */
export interface EdgeRecording {
  readonly name: string;
  readonly requests: readonly RecordedRequest[];
}

const folder = new URL('../fixtures/captures/edge/', import.meta.url);

/** Recorded traffic of the Web SDK, and traffic transcribed from the other SDKs' own tests and from the documentation. */
export const EDGE_RECORDINGS: readonly EdgeRecording[] = readdirSync(folder).map((file) => ({
  name: `edge/${file.replace('.json', '')}`,
  requests: JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
}));

/** The status that a recorded request gets: the Web SDK sends two things that are wrong. */
export function expectedStatus({ path, body }: RecordedRequest): number {
  const type = /\/va\/v1\/(\w+)/.exec(path)?.[1];
  if (/"framesPerSecond":"x"|"statesStart":\[\],"statesEnd":\[\]/.test(JSON.stringify(body))) return 400;
  if (type !== undefined) return type === 'sessionStart' ? 200 : 204;
  return /\/v1\/collect/.test(path) ? 204 : 200;
}

/** Tells whether a request opens a session. */
function isEdgeStart({ body }: RecordedRequest): boolean {
  return JSON.stringify(body).includes('"media.sessionStart"');
}

/** An answer, as far as a replay needs it. */
interface Answer {
  readonly status: number;
  readonly body?: string | undefined;
}

/** How a replay sends a request, and lets the time of the recording pass. */
export interface Stage {
  send(request: {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    body: string;
  }): Promise<Answer>;
  advance(ms: number): void;
}

/** How many requests the Web SDK has under way at once; the others send one by one. */
const IN_FLIGHT = 5;

/**
 * Plays a recording in the recorded order and time, each event to the session its placeholder stands for. No client
 * sends events before it has the id. Gives the sids in the order of the starts.
 *
 * @param check Called with each request and its answer.
 */
export async function replayEdge(
  { name, requests }: EdgeRecording,
  { send, advance }: Stage,
  check: (request: RecordedRequest, answer: Answer) => void = () => {},
): Promise<string[]> {
  const inFlight = name.includes('alloy') ? IN_FLIGHT : 1;
  const sids: string[] = [];
  const underWay = new Set<Promise<void>>();

  const sendOne = async (request: RecordedRequest) => {
    const text = JSON.stringify(request.body).replace(/\{sid(\d*)\}/, (_, place) => sids[Number(place || 1) - 1] ?? '');
    const answer = await send({ path: request.path, headers: request.headers, body: text });
    check(request, answer);
    if (isEdgeStart(request)) sids.push(sidIn(answer.body));
  };

  let at = 0;
  for (const request of requests) {
    advance(request.atMs - at);
    at = request.atMs;
    if (underWay.size >= inFlight) await Promise.race(underWay);
    const sent = sendOne(request).finally(() => underWay.delete(sent));
    underWay.add(sent);
    if (isEdgeStart(request)) await sent;
  }
  await Promise.all(underWay);
  return sids;
}

/** The id in the answer to a start, with or without what some clients want around it. */
export function sidIn(body = ''): string {
  return JSON.parse(body.replace(/^\0/, '')).handle[0].payload[0].sessionId;
}
