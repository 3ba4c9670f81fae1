import { useMemo } from 'preact/hooks';
import type { LaneInterval } from '../../../../src/inspector/api.ts';
import type { LaneKind } from '../../../../src/report/lanes.ts';
import { pick } from '../../state/selection.ts';
import { boxesOf } from '../../timeline/boxes.ts';
import type { View } from '../../timeline/view.ts';
import { selectsField } from '../report/select-field.ts';
import { stepAmong } from './step-among.ts';

interface Props {
  readonly kind: LaneKind | 'gap';
  readonly label: string;
  readonly spans: readonly LaneInterval[];
  readonly nameOf: (spans: readonly LaneInterval[]) => string;
  readonly view: View;
  readonly width: number;
}

/** A line of the timeline. */
export function LaneRow({ kind, label, spans, nameOf, view, width }: Props) {
  const boxes = useMemo(() => boxesOf(spans, view, width), [spans, view, width]);
  return (
    <fieldset class="lane" aria-label={label} onKeyDown={stepAmong}>
      <span class="lane-name" aria-hidden="true" title={label}>
        <bdi>{label}</bdi>
      </span>
      <div class="lane-track">
        {boxes.map(({ left, width: share, spans: drawn }, at) => {
          const [first] = drawn;
          const field = drawn.length === 1 ? first.field : undefined;
          return (
            <button
              key={first.from.index}
              type="button"
              class={`span is-${kind}`}
              aria-label={nameOf(drawn)}
              title={nameOf(drawn)}
              tabIndex={at === 0 ? 0 : -1}
              style={{ left: `${left * 100}%`, width: `${share * 100}%` }}
              onClick={() => pick(first.from.index)}
              {...selectsField(field)}
            >
              {drawn.length === 1 && <bdi>{first.label}</bdi>}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
