import type { TimedEvent } from '../order/timed-event.ts';
import type { Diagnose } from './diagnose.ts';
import { addInterval, type Interval, type IntervalSum, noIntervals } from './interval.ts';

/** How many states a report has at most; the SDKs keep to the same number. */
const MAX_STATES = 10;

/** A player state and the times it was on. */
export interface State {
  readonly name: string;
  readonly time: IntervalSum<Interval>;
  /** What turned it on, while it is, and the milliseconds of the session that had passed by then. */
  on: { readonly from: TimedEvent; readonly elapsed: number } | undefined;
}

/** The player states of a session. `elapsed` is the milliseconds of the session that have passed. */
export interface StateTracker {
  start(at: TimedEvent, name: string, elapsed: number): void;
  end(at: TimedEvent, name: string, elapsed: number): void;
  /** The states, in the order of their first start. What is still on was on up to the last event. */
  finish(last: TimedEvent, elapsed: number): State[];
}

/** Follows the player states of a session: through pauses, ads and buffering. */
export function trackStates(diagnose: Diagnose): StateTracker {
  const states = new Map<string, State>();
  /** The names beyond the ten: their starts were diagnosed, so their ends are not. */
  const dropped = new Set<string>();

  function turnOff(state: State, to: TimedEvent, elapsed: number): void {
    if (state.on === undefined) return;
    addInterval({ from: state.on.from, to, ms: elapsed - state.on.elapsed }, state.time);
    state.on = undefined;
  }

  return {
    start(at, name, elapsed) {
      const state = states.get(name);
      if (state?.on) return diagnose('duplicate-state-start', at, { subject: name });
      if (state) state.on = { from: at, elapsed };
      else if (states.size < MAX_STATES) states.set(name, { name, time: noIntervals(), on: { from: at, elapsed } });
      else {
        dropped.add(name);
        diagnose('too-many-states', at, { subject: name });
      }
    },
    end(at, name, elapsed) {
      const state = states.get(name);
      if (state?.on) turnOff(state, at, elapsed);
      else if (!dropped.has(name)) diagnose('state-end-without-start', at, { subject: name });
    },
    finish(last, elapsed) {
      const all = [...states.values()];
      for (const state of all) turnOff(state, last, elapsed);
      return all;
    },
  };
}
