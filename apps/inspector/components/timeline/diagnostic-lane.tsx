import { useMemo } from 'preact/hooks';
import { formatClock } from '../../../../src/common/text.ts';
import { origin, pick } from '../../state/selection.ts';
import { diagnosticMarks, type Occurrence } from '../../timeline/diagnostic-marks.ts';
import type { View } from '../../timeline/view.ts';
import { ButtonLane } from './button-lane.tsx';

interface Props {
  readonly occurrences: readonly Occurrence[];
  readonly view: View;
  /** Pixels. */
  readonly width: number;
}

/** The line of the diagnostics, a mark at each event they are about. */
export function DiagnosticLane({ occurrences, view, width }: Props) {
  const marks = useMemo(() => diagnosticMarks(occurrences, view, width), [occurrences, view, width]);
  return (
    <ButtonLane label="Diagnostics">
      {marks.map(({ at, occurrence: { index, ts, diagnostic }, count }, place) => {
        const { code, severity } = diagnostic;
        const more = count > 1 ? ` and ${count - 1} more` : '';
        const name = `${severity}: ${code} at ${formatClock(ts - origin.value)}${more}`;
        return (
          <button
            key={`${index} ${code}`}
            type="button"
            class={`diagnostic-mark ${severity}`}
            aria-label={name}
            title={name}
            tabIndex={place === 0 ? 0 : -1}
            style={{ left: `${at * 100}%` }}
            onClick={() => pick(index)}
          />
        );
      })}
    </ButtonLane>
  );
}
