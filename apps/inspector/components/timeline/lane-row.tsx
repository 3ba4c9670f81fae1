import { useMemo } from 'preact/hooks';
import type { Lane } from '../../../../src/inspector/api.ts';
import { explainsField, pick } from '../../state/selection.ts';
import { boxesOf, countOf } from '../../timeline/boxes.ts';
import { intervalName, laneName } from '../../timeline/lane-names.ts';
import type { View } from '../../timeline/view.ts';
import { ButtonLane } from './button-lane.tsx';

interface Props {
  readonly lane: Lane;
  readonly view: View;
  /** Pixels. */
  readonly width: number;
}

/** A line of intervals. */
export function LaneRow({ lane, view, width }: Props) {
  const { kind, intervals } = lane;
  const boxes = useMemo(() => boxesOf(intervals, view, width), [intervals, view, width]);
  return (
    <ButtonLane label={laneName(lane)}>
      {boxes.map(({ left, width: share, intervals: drawn }, at) => {
        const [first] = drawn;
        const single = countOf(drawn) === 1 ? first : undefined;
        const name = intervalName(lane, drawn);
        return (
          <button
            key={first.from.index}
            type="button"
            class={`interval is-${kind}`}
            aria-label={name}
            title={name}
            tabIndex={at === 0 ? 0 : -1}
            style={{ left: `${left * 100}%`, width: `${share * 100}%` }}
            onClick={() => pick(first.from.index)}
            {...explainsField(single?.field)}
          >
            {single && <bdi>{single.label}</bdi>}
          </button>
        );
      })}
    </ButtonLane>
  );
}
