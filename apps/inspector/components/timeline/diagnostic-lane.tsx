import { useMemo } from 'preact/hooks';
import { formatClock } from '../../../../src/common/text.ts';
import { origin, pick } from '../../state/selection.ts';
import { type DiagnosticAt, diagnosticMarks } from '../../timeline/diagnostic-marks.ts';
import type { View } from '../../timeline/view.ts';
import { stepAmong } from './step-among.ts';

interface Props {
  readonly remarks: readonly DiagnosticAt[];
  readonly view: View;
  readonly width: number;
}

/** The line of what is noteworthy or wrong, each at its event. */
export function DiagnosticLane({ remarks, view, width }: Props) {
  const marks = useMemo(() => diagnosticMarks(remarks, view, width), [remarks, view, width]);
  return (
    <fieldset class="lane" aria-label="Diagnostics" onKeyDown={stepAmong}>
      <span class="lane-name" aria-hidden="true">
        Diagnostics
      </span>
      <div class="lane-track">
        {marks.map(({ at, diagnosticAt, count }, place) => {
          const { code, severity } = diagnosticAt.diagnostic;
          const more = count > 1 ? ` and ${count - 1} more` : '';
          const name = `${severity}: ${code} at ${formatClock(diagnosticAt.ts - origin.value)}${more}`;
          return (
            <button
              key={`${diagnosticAt.index} ${code}`}
              type="button"
              class={`remark ${severity}`}
              aria-label={name}
              title={name}
              tabIndex={place === 0 ? 0 : -1}
              style={{ left: `${at * 100}%` }}
              onClick={() => pick(diagnosticAt.index)}
            />
          );
        })}
      </div>
    </fieldset>
  );
}
