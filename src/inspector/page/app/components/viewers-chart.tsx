import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { Viewers } from '../../../api.ts';
import { timeOfDay } from '../format/moment.ts';
import { useSize } from './use-size.ts';

const HEIGHT = 200;

/** How many sessions were watched over the last hour. */
export function ViewersChart({ viewers }: { readonly viewers: Viewers }) {
  const { ref, width } = useSize<HTMLDivElement>();
  const chart = useRef<uPlot | undefined>(undefined);
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const scheme = useScheme();
  const { counts, from, step, complete } = viewers;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const latest = useRef(viewers);
  latest.current = viewers;

  useEffect(() => {
    if (!ref.current || width === 0) return;
    const drawn = new uPlot(optionsOf(ref.current, width, setPointed), dataOf(latest.current), ref.current);
    chart.current = drawn;
    return () => {
      chart.current = undefined;
      drawn.destroy();
    };
  }, [width, scheme]);

  useEffect(() => chart.current?.setData(dataOf(viewers)), [viewers]);

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
      <div
        ref={ref}
        class="chart"
        role="img"
        aria-label={`Viewers over the last hour: ${counts.at(-1) ?? 0} now, ${most} at most`}
      />
    </section>
  );
}

function dataOf({ from, step, counts }: Viewers): uPlot.AlignedData {
  return [counts.map((_, at) => (from + at * step) / 1000), [...counts]];
}

function optionsOf(element: Element, width: number, onPoint: (at: number | undefined) => void): uPlot.Options {
  // A canvas knows no variables, but these come resolved.
  const { color, borderTopColor, outlineColor, textDecorationColor, fontFamily } = getComputedStyle(element);
  const axis: uPlot.Axis = {
    stroke: color,
    font: `11px ${fontFamily}`,
    grid: { stroke: borderTopColor, width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: { x: { time: false }, y: { range: (_, __, max) => [0, Math.max(4, Math.ceil(max * 1.15))] } },
    axes: [
      { ...axis, size: 28, incrs: [600, 1200, 3600], values: (_, marks) => marks.map((at) => timeOfDay(at * 1000)) },
      { ...axis, size: 36, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000] },
    ],
    series: [
      {},
      {
        stroke: outlineColor,
        fill: textDecorationColor,
        width: 2,
        points: { show: false },
        paths: stairs,
      },
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
  };
}

/** A line that stays level from one count to the next, and what is below it. */
const stairs: uPlot.Series.PathBuilder = (chart, series, first, last) => {
  const [times, counts] = [chart.data[0], chart.data[series]];
  const stroke = new Path2D();
  const x = (at: number) => chart.valToPos(times[at] ?? 0, 'x', true);
  const y = (at: number) => chart.valToPos(counts?.[at] ?? 0, 'y', true);
  stroke.moveTo(x(first), y(first));
  for (let at = first + 1; at <= last; at++) {
    stroke.lineTo(x(at), y(at - 1));
    stroke.lineTo(x(at), y(at));
  }
  const fill = new Path2D(stroke);
  const bottom = chart.valToPos(0, 'y', true);
  fill.lineTo(x(last), bottom);
  fill.lineTo(x(first), bottom);
  return { stroke, fill };
};

/** Whether it is dark; the chart's canvas has to be told. */
function useScheme(): boolean {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const [value, setValue] = useState(dark.matches);
  useEffect(() => {
    const note = () => setValue(dark.matches);
    dark.addEventListener('change', note);
    return () => dark.removeEventListener('change', note);
  }, []);
  return value;
}
