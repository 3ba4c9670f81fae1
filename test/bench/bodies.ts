import { events } from '../../src/testing/conformance/samples.ts';
import type { EventOf, MediaEvent } from '../../src/wire/events.ts';
import { RECORDINGS } from '../support/recordings.ts';

/** A sessionStart as Adobe's JavaScript SDK sends it. */
export const start = RECORDINGS.find(({ name }) => name === 'js-sdk/12-real-visitor-appmeasurement')?.requests[0]
  ?.body as EventOf<'sessionStart'>; // the conformance of recordings is tested

/** A ping as players send it every ten seconds. */
export const ping: MediaEvent = events.ping;
