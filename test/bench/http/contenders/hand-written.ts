import { randomBytes } from 'node:crypto';

const CROSS_ORIGIN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'OPTIONS,POST,PUT',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Expose-Headers': 'Location',
};
const CREATED = { 'Content-Type': 'application/octet-stream', 'Content-Length': '0', ...CROSS_ORIGIN };

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** The API as one writes it in an afternoon: sessions in a Map, no checks, and the same headers as ours. */
export interface HandWrittenApi {
  start(event: unknown): Answer;
  append(sid: string, event: unknown): Answer;
  /** Either of the two, by the path. */
  answer(path: string, event: unknown): Answer;
}

export function handWrittenApi(): HandWrittenApi {
  const sessions = new Map<string, unknown[]>();

  function start(event: unknown): Answer {
    const sid = randomBytes(32).toString('hex');
    sessions.set(sid, [event]);
    return { status: 201, headers: { ...CREATED, Location: `/api/v1/sessions/${sid}` } };
  }

  function append(sid: string, event: unknown): Answer {
    const session = sessions.get(sid);
    session?.push(event);
    return { status: session ? 204 : 404, headers: CROSS_ORIGIN };
  }

  return {
    start,
    append,
    answer(path, event) {
      const sid = path.split('/')[4];
      return sid === undefined ? start(event) : append(sid, event);
    },
  };
}
