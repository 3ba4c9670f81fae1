import { perKey } from '../common/per-key.ts';
import { VALIDATION_MODES, type ValidationMode } from '../wire/field.ts';
import { createValidator, type Validator } from '../wire/validate.ts';

/** Finds the closest mode that takes a body which was posted to an endpoint of this name; undefined where none does. */
export type FindMode = (endpoint: string | undefined, body: unknown) => ValidationMode | undefined;

/** Makes what finds a mode among those that are milder than another. */
export function milderThan(mode: ValidationMode): FindMode {
  const milder = VALIDATION_MODES.slice(VALIDATION_MODES.indexOf(mode) + 1);
  const validatorOf = perKey(createValidator);
  return (endpoint, body) => milder.find((each) => isTaken(endpoint, body, validatorOf(each)));
}

function isTaken(endpoint: string | undefined, body: unknown, validator: Validator): boolean {
  if (endpoint === 'events') return 'event' in validator.event(body);
  if (Array.isArray(body)) return isSession(body, validator);
  return endpoint === 'sessions' && 'event' in validator.start(body);
}

function isSession([first, ...rest]: readonly unknown[], { start, event }: Validator): boolean {
  return 'event' in start(first) && rest.every((each) => 'event' in event(each));
}
