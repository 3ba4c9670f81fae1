import { useMemo } from 'preact/hooks';
import type { LaneInterval } from '../../../../src/inspector/api.ts';
import type { LaneKind } from '../../../../src/report/lanes.ts';
import { explainsField, pick } from '../../state/selection.ts';
import { boxesOf } from '../../timeline/boxes.ts';
import type { View } from '../../timeline/view.ts';
import { ButtonLane } from './button-lane.tsx';

interface Props {
  readonly kind: LaneKind | 'gap';
  readonly label: string;
  readonly intervals: readonly LaneInterval[];
  /** The name of what is drawn as one box. */
  readonly nameOf: (intervals: readonly LaneInterval[]) => string;
  readonly view: View;
  /** Pixels. */
  readonly width: number;
}

/** A line of intervals. */
export function LaneRow({ kind, label, intervals, nameOf, view, width }: Props) {
  const boxes = useMemo(() => boxesOf(intervals, view, width), [intervals, view, width]);
  return (
    <ButtonLane label={label}>
      {boxes.map(({ left, width: share, intervals: drawn }, at) => {
        const [first] = drawn;
        const field = drawn.length === 1 ? first.field : undefined;
        return (
          <button
            key={first.from.index}
            type="button"
            class={`interval is-${kind}`}
            aria-label={nameOf(drawn)}
            title={nameOf(drawn)}
            tabIndex={at === 0 ? 0 : -1}
            style={{ left: `${left * 100}%`, width: `${share * 100}%` }}
            onClick={() => pick(first.from.index)}
            {...explainsField(field)}
          >
            {drawn.length === 1 && <bdi>{first.label}</bdi>}
          </button>
        );
      })}
    </ButtonLane>
  );
}
