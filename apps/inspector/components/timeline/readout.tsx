import { formatClock, formatClockMs } from '../../../../src/common/text.ts';
import type { SessionDetail } from '../../../../src/inspector/api.ts';
import { figureAt, figureGroups } from '../../format/figures.ts';
import { pluralize } from '../../format/text.ts';
import { origin, pointedEvent, shownField } from '../../state/selection.ts';
import { watched } from '../../state/session.ts';

interface Props {
  readonly report: SessionDetail['report'];
  readonly explanations: SessionDetail['explanations'];
}

/** How many parts of a sum are spelled out. */
const MOST_PARTS = 4;

/** One line on what is pointed at: an event, or what a number is made of. */
export function Readout({ report, explanations }: Props) {
  const event = watched.value.events[pointedEvent.value ?? -1]?.event;
  const field = shownField.value;
  const explanation = field === undefined ? undefined : explanations[field];
  if (event) {
    const { ts, playhead } = event.playerTime;
    return (
      <Line
        about={event.eventType}
        told={`at ${formatClockMs(ts - origin.value)}, playhead ${playhead ?? 'unknown'}`}
      />
    );
  }
  if (field === undefined) return <p class="readout muted">Point at a number to see what it is made of</p>;
  const figure = figureAt(figureGroups(report), field);
  const diagnostic = report.diagnostics[Number(/^diagnostics\[(\d+)\]/.exec(field)?.[1] ?? -1)];
  const about = figure ? `${figure.label} ${figure.value}` : (diagnostic?.code ?? field);
  return <Line about={about} told={explanation ? madeOf(explanation) : ''} />;
}

function Line({ about, told }: { readonly about: string; readonly told: string }) {
  return (
    <p class="readout" title={`${about} ${told}`}>
      <b>{about}</b> {told}
    </p>
  );
}

function madeOf({ intervals, events, playheads = [] }: SessionDetail['explanations'][string]): string {
  const sum = (parts: readonly string[]) =>
    parts.length > MOST_PARTS
      ? `in ${pluralize(parts.length, 'stretch').replace(/chs$/, 'ches')}`
      : `= ${parts.join(' + ')}`;
  const viewed = playheads.map(([from, to]) => `${formatClock(from * 1000)}–${formatClock(to * 1000)}`);
  const told = [
    intervals.length > 0 && sum(intervals.map(({ ms }) => formatClock(ms))),
    viewed.length > 0 && `of the content, ${viewed.slice(0, MOST_PARTS).join(', ')}`,
    events.length > 0 && `from ${pluralize(events.length, 'event')}`,
  ].filter((part) => part !== false);
  return told.length > 0 ? told.join(', ') : 'from nothing in this session';
}
