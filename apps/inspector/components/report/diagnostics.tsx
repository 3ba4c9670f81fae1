import { formatClock } from '../../../../src/common/text.ts';
import type { ReportHead } from '../../../../src/inspector/api.ts';
import { nextEvent } from '../../state/explanation.ts';
import { explainsField, origin, pick, picked } from '../../state/selection.ts';
import { SEVERITY_RANKS } from '../../timeline/diagnostic-marks.ts';

/** What is noteworthy or wrong about the tracking, the most severe first. */
export function Diagnostics({ report }: { readonly report: ReportHead }) {
  const entries = report.diagnostics
    .map((diagnostic, at) => ({ ...diagnostic, path: `diagnostics[${at}].count` }))
    .sort((a, b) => SEVERITY_RANKS[b.severity] - SEVERITY_RANKS[a.severity]);
  return (
    <section class="panel" aria-label="Diagnostics">
      <h2>Diagnostics</h2>
      {entries.length === 0 && <p class="note fine">Nothing to complain about.</p>}
      <ul class="diagnostics">
        {entries.map(({ code, severity, message, count, ts, path }) => (
          <li key={code} class={severity} {...explainsField(path)}>
            <span class="diagnostic-code">
              <span class={`severity ${severity}`}>{severity}</span> <code>{code}</code>
              {count > 1 && <span class="times">×{count.toLocaleString('en')}</span>}
            </span>
            <span class="diagnostic-message">
              <bdi>{message}</bdi>
            </span>
            <Jump path={path} count={count} ts={ts} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface JumpProps {
  readonly path: string;
  readonly count: number;
  readonly ts: number | undefined;
}

/** Goes to the event, and from there to the next one of the same kind. */
function Jump({ path, count, ts }: JumpProps) {
  const at = ts === undefined ? '' : ` at ${formatClock(ts - origin.value)}`;
  return (
    <button
      type="button"
      class="link"
      {...explainsField(path)}
      onClick={async () => {
        const next = await nextEvent(path, picked.peek());
        if (next !== undefined) pick(next);
      }}
    >
      {count > 1 ? `Go to each${at === '' ? '' : `, first${at}`}` : `Go to the event${at}`}
    </button>
  );
}
