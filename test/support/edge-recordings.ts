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
export function isEdgeStart({ body }: RecordedRequest): boolean {
  return JSON.stringify(body).includes('"media.sessionStart"');
}
