import type { ReportHead } from '../../../../src/inspector/api.ts';
import { MARKERS } from '../../../../src/report/sections/progress.ts';
import { explainsField } from '../../state/selection.ts';

/** How far into the content the viewer came: the five progress markers. */
export function Progress({ report }: { readonly report: ReportHead }) {
  const { sessionDetails: details } = report;
  return (
    <ul class="progress" aria-label="Progress markers">
      {MARKERS.map((marker) => {
        const path = `hasProgress${marker}` as const;
        const reached = details[path] === true;
        return (
          <li key={marker}>
            <button
              type="button"
              class={reached ? 'reached' : ''}
              title={`sessionDetails.${path}`}
              aria-label={`${marker} % ${reached ? 'reached' : 'not reached'}`}
              {...explainsField(`sessionDetails.${path}`)}
            >
              {marker}%
            </button>
          </li>
        );
      })}
    </ul>
  );
}
