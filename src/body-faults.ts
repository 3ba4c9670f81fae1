import type { BodyFault } from './call.ts';
import { type Reply, refuse, unreadable } from './wire/replies.ts';

/** The reply to a call whose body could not be read. */
export const BODY_FAULTS: Readonly<Record<BodyFault, Reply>> = {
  'too-large': refuse('body-too-large'),
  aborted: unreadable('The connection ended before the body did'),
  consumed: unreadable(
    'The body was read before it came here, and nothing of it was kept; mount this before, or after a JSON parser',
  ),
  form: unreadable(
    'The body was read as a form before it came here; send Content-Type: application/json, or mount this before the form parser',
  ),
};

/** The reply to a call whose body was read and is not JSON. `encoding` is its Content-Encoding. */
export function noJson(reason: string, encoding: string | undefined): Reply {
  return unreadable(encoding ? `${reason}; a Content-Encoding is not decoded here` : reason);
}
