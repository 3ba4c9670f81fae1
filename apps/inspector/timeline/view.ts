/** The part of a session that is drawn: Unix milliseconds by the client's clock. */
export interface View {
  readonly from: number;
  readonly to: number;
}

/** No closer than this many milliseconds from one edge to the other. */
const CLOSEST = 100;

/** Where a time lies in a view: 0 at its left edge, 1 at its right. */
export function fractionOf({ from, to }: View, ts: number): number {
  return (ts - from) / (to - from);
}

/** The time at a place in a view. */
export function timeAt({ from, to }: View, fraction: number): number {
  return from + fraction * (to - from);
}

/** Zooms in (a factor below 1) or out, and leaves one time where it is. Undefined: all of the session. */
export function zoomed(view: View, whole: View, factor: number, around: number): View | undefined {
  const length = Math.max(CLOSEST, (view.to - view.from) * factor);
  const from = around - fractionOf(view, around) * length;
  return clampView({ from, to: from + length }, whole);
}

/** Moves a view by a part of its length, no further than the session reaches. Undefined: all of the session. */
export function panned(view: View, whole: View, by: number): View | undefined {
  const ms = (view.to - view.from) * by;
  return clampView({ from: view.from + ms, to: view.to + ms }, whole);
}

function clampView({ from, to }: View, whole: View): View | undefined {
  const length = to - from;
  if (length >= whole.to - whole.from) return undefined;
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}
