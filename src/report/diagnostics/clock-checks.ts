import { each } from '../../common/list-work.ts';
import type { Work } from '../../common/work.ts';
import type { Clock } from '../order/clock.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import type { Diagnose } from '../timeline/diagnose.ts';
import type { SessionTraits } from '../timeline/session-traits.ts';

/** Diagnoses where the clock of the client was set, and a `ts` that is not in milliseconds. */
export function* checkClock(
  { steps }: Clock,
  received: readonly TimedEvent[],
  { wrongUnit }: SessionTraits,
  diagnose: Diagnose,
): Work<void> {
  yield* each(steps, ({ index, ms }) => {
    const at = received[index];
    if (at) diagnose('clock-jump', at, { amount: ms / 1000 });
  });
  if (wrongUnit === undefined) return;
  yield* each(wrongUnit.events, (at) => diagnose('ts-not-milliseconds', at, { subject: wrongUnit.unit }));
}
