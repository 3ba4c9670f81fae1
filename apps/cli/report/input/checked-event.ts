import type { MediaEvent, SessionStartEvent } from '../../../../src/wire/events.ts';
import { createValidator, type Validation } from '../../../../src/wire/validate.ts';
import { BadInput } from '../../errors.ts';

const validator = createValidator('lenient'); // it admits what the others admit

/** A value as the event that opens a session. Throws a BadInput that begins with the place of the value. */
export function checkedStart(value: unknown, place: string): SessionStartEvent {
  return eventOf(validator.start(value), place);
}

/** A value as an event that follows in a session. */
export function checkedEvent(value: unknown, place: string): MediaEvent {
  return eventOf(validator.event(value), place);
}

function eventOf<E extends MediaEvent>(validation: Validation<E>, place: string): E {
  if ('event' in validation) return validation.event;
  const [first] = validation.reasons.errors;
  throw new BadInput(`${place} is no event that a collector keeps: ${first?.path} ${first?.reason}`);
}
