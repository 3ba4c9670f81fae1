import { each } from '../../common/list-work.ts';
import type { Work } from '../../common/work.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import type { UnexpectedValues } from '../order/unexpected-values.ts';
import type { Diagnose } from '../timeline/diagnose.ts';

/** Diagnoses the values that only a collector in lenient mode keeps, and that are read as if they had not been sent. */
export function* checkTypes(unexpected: UnexpectedValues<TimedEvent>, diagnose: Diagnose): Work<void> {
  const detail = unexpected.describe();
  yield* each(unexpected.events, (at) => diagnose('unexpected-types', at, { detail }));
}
