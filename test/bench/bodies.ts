import { events } from '../../src/testing/conformance/samples.ts';
import type { EventOf, MediaEvent } from '../../src/wire/events.ts';
import { EDGE_RECORDINGS } from '../support/edge-recordings.ts';
import { RECORDINGS } from '../support/recordings.ts';

/** A sessionStart as Adobe's JavaScript SDK sends it. */
export const start = RECORDINGS.find(({ name }) => name === 'js-sdk/12-real-visitor-appmeasurement')?.requests[0]
  ?.body as EventOf<'sessionStart'>; // the conformance of recordings is tested

/** A ping as players send it every ten seconds. */
export const ping: MediaEvent = events.ping;

const [recordedStart, recordedPlay] =
  EDGE_RECORDINGS.find(({ name }) => name === 'edge/alloy-01-auto-vod')?.requests.map(({ body }) => body) ?? [];

/** A start as the Web SDK sends it. */
export const edgeStart: unknown = recordedStart;

/** A ping as the Web SDK sends it, with `{sid}` for its session. */
export const edgePing: unknown = JSON.parse(JSON.stringify(recordedPlay).replace('media.play', 'media.ping'));
