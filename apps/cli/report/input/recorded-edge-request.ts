import { createEdgeReader, type EdgeStart } from '../../../../src/edge/read-request.ts';
import type { EdgeOrigin, StoredEvent } from '../../../../src/session/session.ts';
import type { MediaEvent } from '../../../../src/wire/events.ts';
import { BadInput } from '../../errors.ts';

/** What a request of the Media Edge API brought to one session. */
export interface EdgeContent {
  /** What the events call the session; undefined for those that open one. */
  readonly name: string | undefined;
  readonly events: readonly [StoredEvent, ...StoredEvent[]];
  readonly isWhole: boolean;
  readonly edge: EdgeOrigin;
}

/** Wherever a server has the API: the bases of its paths are many. */
const PATH = /\/(?:va\/v1\/(\w+)|v1\/(?:interact|collect))\/?(?:\?([^#]*))?$/;

const read = createEdgeReader('standard'); // what the strict one admits, it admits too

/** Tells whether a path is the Media Edge API's. */
export function isEdgePath(path: string): boolean {
  return PATH.test(path);
}

/**
 * Reads a recorded request of the Media Edge API, which may be for several sessions, or for none. Throws a BadInput for
 * what no collector would keep.
 */
export function readEdgeContent(
  path: string,
  body: unknown,
  receivedAt: number,
  place: string,
): readonly EdgeContent[] {
  const [, pathType, query] = PATH.exec(path) ?? [];
  const request = read(body, { pathType, receivedAt });
  if ('reasons' in request) {
    const [first] = request.reasons.errors;
    throw new BadInput(`${place} is no event that a collector keeps: ${first?.path} ${first?.reason}`);
  }
  const datastream = new URLSearchParams(query).get('configId') ?? '';
  const contentOf = (events: readonly MediaEvent[], name?: string, { isTimed, isWhole }: Kind = {}): EdgeContent[] => {
    const [first, ...rest] = events.map((event) => ({ event, receivedAt }));
    const edge = { datastream, ...(isTimed === false && { untimed: true as const }) };
    return first ? [{ name, events: [first, ...rest], isWhole: isWhole ?? false, edge }] : [];
  };
  return [
    ...request.starts.flatMap(({ event, isTimed }) => contentOf([event], undefined, { isTimed })),
    ...request.downloaded.flatMap(({ events }) => contentOf(events, undefined, { isWhole: true })),
    ...[...request.added].flatMap(([sid, events]) => contentOf(events, sid)),
  ];
}

/** What kind of start a content is. */
interface Kind {
  readonly isTimed?: EdgeStart['isTimed'];
  readonly isWhole?: boolean;
}
