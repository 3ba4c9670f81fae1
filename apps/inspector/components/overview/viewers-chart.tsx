import { useState } from 'preact/hooks';
import type { Viewers } from '../../../../src/inspector/api.ts';
import { countScale, timeMarks } from '../../format/chart-scale.ts';
import { timeOfDay } from '../../format/time.ts';
import { useSize } from '../shared/use-size.ts';

/** The height of the bars, and the room for labels beside and below them, in pixels. */
const HEIGHT = 168;
const LEFT = 36;
const BELOW = 24;
/** Half the width of a time below the bars. */
const HALF_LABEL = 16;

/** How many sessions were watched over the last hour. */
export function ViewersChart({ viewers }: { readonly viewers: Viewers }) {
  const { ref, width } = useSize<HTMLDivElement>();
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const { counts, from, step, complete } = viewers;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const { marks, top } = countScale(most);
  const wide = Math.max(0, width - LEFT);
  const barWidth = wide / counts.length;
  const y = (share: number) => 8 + (HEIGHT - 8) * (1 - share);

  const at = pointed ?? counts.length - 1;
  const when = pointed === undefined ? 'now' : `at ${timeOfDay(from + at * step)}`;
  return (
    <section class="panel" aria-label="Viewers over time">
      <div class="panel-head">
        <h2>Viewers, last hour</h2>
        <p class="readout">
          <b>{counts[at] ?? 0}</b> {when}, {most} at most{complete ? '' : ' (of the sessions that could be counted)'}
        </p>
      </div>
      <div ref={ref} class="chart">
        <svg
          width={width}
          height={HEIGHT + BELOW}
          role="img"
          aria-label={`Viewers over the last hour: ${counts.at(-1) ?? 0} now, ${most} at most`}
          onPointerMove={({ offsetX }) => {
            const bar = Math.floor((offsetX - LEFT) / barWidth);
            setPointed(bar >= 0 && bar < counts.length ? bar : undefined);
          }}
          onPointerLeave={() => setPointed(undefined)}
        >
          {marks.map((mark) => (
            <g key={mark.label}>
              <line x1={LEFT} x2={width} y1={y(mark.at)} y2={y(mark.at)} />
              <text x={LEFT - 8} y={y(mark.at) + 4} text-anchor="end">
                {mark.label}
              </text>
            </g>
          ))}
          {timeMarks(viewers).map((mark) => (
            <text
              key={mark.label}
              x={Math.min(LEFT + mark.at * wide, width - HALF_LABEL)}
              y={HEIGHT + 18}
              text-anchor="middle"
            >
              {mark.label}
            </text>
          ))}
          {counts.map((count, bar) => (
            <rect
              key={from + bar * step}
              class={bar === pointed ? 'pointed' : ''}
              x={LEFT + bar * barWidth}
              y={y(count / top)}
              width={Math.max(1, barWidth - 1)}
              height={HEIGHT - y(count / top)}
            />
          ))}
        </svg>
      </div>
    </section>
  );
}
