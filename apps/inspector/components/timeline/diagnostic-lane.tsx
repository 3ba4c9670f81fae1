import { useMemo } from 'preact/hooks';
import { clock } from '../../../../src/common/text.ts';
import { origin, pick } from '../../state/selection.ts';
import { type Remark, remarkMarks } from '../../timeline/diagnostic-marks.ts';
import type { View } from '../../timeline/view.ts';
import { stepAmong } from './step-among.ts';

interface Props {
  readonly remarks: readonly Remark[];
  readonly view: View;
  readonly width: number;
}

/** The line of what is noteworthy or wrong, each at its event. */
export function RemarkLane({ remarks, view, width }: Props) {
  const marks = useMemo(() => remarkMarks(remarks, view, width), [remarks, view, width]);
  return (
    <fieldset class="lane" aria-label="Diagnostics" onKeyDown={stepAmong}>
      <span class="lane-name" aria-hidden="true">
        Diagnostics
      </span>
      <div class="lane-track">
        {marks.map(({ at, remark, count }, place) => {
          const { code, severity } = remark.diagnostic;
          const more = count > 1 ? ` and ${count - 1} more` : '';
          const name = `${severity}: ${code} at ${clock(remark.ts - origin.value)}${more}`;
          return (
            <button
              key={`${remark.index} ${code}`}
              type="button"
              class={`remark ${severity}`}
              aria-label={name}
              title={name}
              tabIndex={place === 0 ? 0 : -1}
              style={{ left: `${at * 100}%` }}
              onClick={() => pick(remark.index)}
            />
          );
        })}
      </div>
    </fieldset>
  );
}
