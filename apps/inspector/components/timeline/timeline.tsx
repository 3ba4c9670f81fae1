import { useMemo } from 'preact/hooks';
import { formatClock } from '../../../../src/common/text.ts';
import type { SessionDetail } from '../../../../src/inspector/api.ts';
import { drawing } from '../../state/drawing.ts';
import { origin, picked, view, whole, zoom } from '../../state/selection.ts';
import { watched } from '../../state/session.ts';
import { axisMarks } from '../../timeline/axis.ts';
import { occurrencesOf } from '../../timeline/diagnostic-marks.ts';
import { panned, timeAt, zoomed } from '../../timeline/view.ts';
import { Button } from '../shared/buttons.tsx';
import { useSize } from '../shared/use-size.ts';
import { DiagnosticLane } from './diagnostic-lane.tsx';
import { Highlight } from './highlight.tsx';
import { LaneRow } from './lane-row.tsx';
import { Readout } from './readout.tsx';
import { TickLane } from './tick-lane.tsx';

/** How far one press or click zooms. */
const STEP = 0.5;

/** What was on and when, to scale by the client's clock. */
export function Timeline({ detail }: { readonly detail: SessionDetail }) {
  const { ref, width } = useSize<HTMLDivElement>();
  const { lanes, marks } = drawing.value ?? detail;
  const { diagnostics } = detail.report;
  const occurrences = useMemo(() => occurrencesOf(marks, diagnostics), [marks, diagnostics]);
  const shown = view.value;
  const all = whole.value;

  const timeUnder = (event: MouseEvent, frame: HTMLElement) => {
    const box = frame.getBoundingClientRect();
    return timeAt(view.peek(), Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
  };
  const zoomBy = (factor: number, around = middle()) => {
    zoom.value = zoomed(view.peek(), whole.peek(), factor, around);
  };

  /** Where keys and buttons zoom: at the picked event if it is in sight. */
  function middle(): number {
    const ts = watched.peek().log.at(picked.peek() ?? -1)?.ts;
    return ts !== undefined && ts >= shown.from && ts <= shown.to ? ts : (shown.from + shown.to) / 2;
  }

  function onWheel(event: WheelEvent): void {
    const frame = ref.current;
    if (!frame) return;
    const sideways = event.shiftKey ? event.deltaY + event.deltaX : event.deltaX;
    if (event.ctrlKey || event.metaKey) zoomBy(event.deltaY > 0 ? 1.25 : 0.8, timeUnder(event, frame));
    else if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) {
      zoom.value = panned(view.peek(), whole.peek(), sideways / Math.max(width, 1));
    } else return;
    event.preventDefault();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') zoomBy(STEP);
    else if (event.key === '-') zoomBy(1 / STEP);
    else if (event.key === '0') zoom.value = undefined;
    else return;
    event.preventDefault();
  }

  return (
    <section class="timeline panel" aria-label="Timeline" onKeyDown={onKeyDown}>
      <div class="timeline-head">
        <h2>Timeline</h2>
        <Readout report={detail.report} />
        <div class="zoom" role="toolbar" aria-label="Zoom">
          <Button
            variant="small"
            aria-label="Zoom out"
            disabled={zoom.value === undefined}
            onClick={() => zoomBy(1 / STEP)}
          >
            −
          </Button>
          <Button variant="small" aria-label="Zoom in" onClick={() => zoomBy(STEP)}>
            +
          </Button>
          <Button
            variant="small"
            disabled={zoom.value === undefined}
            onClick={() => {
              zoom.value = undefined;
            }}
          >
            All {formatClock(all.to - all.from)}
          </Button>
        </div>
      </div>
      <div class="plot" onWheel={onWheel}>
        <div class="plot-inner">
          <div class="frame" ref={ref}>
            {axisMarks(shown, origin.value, width).map(({ at, label }) => (
              <span key={at} class="axis-mark" style={{ left: `${at * 100}%` }} aria-hidden="true">
                <span>{label}</span>
              </span>
            ))}
          </div>
          {lanes.map((lane) => (
            <LaneRow key={lane.kind + lane.name} lane={lane} view={shown} width={width} />
          ))}
          <div class="lanes-end">
            {occurrences.length > 0 && <DiagnosticLane occurrences={occurrences} view={shown} width={width} />}
            <TickLane view={shown} width={width} />
          </div>
          <div class="frame front">
            <Highlight width={width} />
          </div>
        </div>
      </div>
    </section>
  );
}
