import type { NewEvent } from '../../../src/session/session.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';

/** An event with a text of its own, as each request brings one. */
export function received(event: MediaEvent, receivedAt: number): NewEvent {
  const json = JSON.stringify(event);
  return { event: JSON.parse(json), json, receivedAt };
}
