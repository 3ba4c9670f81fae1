import type { LaneInterval } from '../../../src/inspector/api.ts';
import { fractionOf, type View } from './view.ts';

/** A drawn piece of a lane: its place in the view, 0 to 1, and the span it stands for, or several that are too close. */
export interface Box {
  readonly left: number;
  readonly width: number;
  readonly spans: readonly [LaneInterval, ...LaneInterval[]];
}

/** Pixels below which a span is drawn together with its neighbour. */
const TOO_NARROW = 3;

/** The spans in view. Their number is bounded by the pixels there are, however many spans a lane has. */
export function boxesOf(spans: readonly LaneInterval[], view: View, pixels: number): Box[] {
  const narrow = TOO_NARROW / Math.max(pixels, 1);
  const boxes: { left: number; width: number; spans: [LaneInterval, ...LaneInterval[]] }[] = [];
  for (const span of spans) {
    const start = fractionOf(view, Math.min(span.from.ts, span.to.ts));
    const end = fractionOf(view, Math.max(span.from.ts, span.to.ts));
    if (end < 0 || start > 1) continue;
    const left = Math.max(0, start);
    const width = Math.min(1, end) - left;
    const last = boxes.at(-1);
    if (last && width < narrow && last.width < narrow && Math.abs(left - last.left) < narrow) {
      last.width = Math.max(last.width, left + width - last.left);
      last.spans.push(span);
    } else {
      boxes.push({ left, width, spans: [span] });
    }
  }
  return boxes;
}
