import { formatClockMs } from '../../../../src/common/text.ts';
import type { SessionDetail } from '../../../../src/inspector/api.ts';
import { explanationText } from '../../format/explanation-text.ts';
import { figureAt, figureGroups } from '../../format/figures.ts';
import { origin, pointedEvent, shownField } from '../../state/selection.ts';
import { watched } from '../../state/session.ts';

interface Props {
  readonly report: SessionDetail['report'];
  readonly explanations: SessionDetail['explanations'];
}

/** One line on what is pointed at: an event, or what a number is made of. */
export function Readout({ report, explanations }: Props) {
  const event = watched.value.events[pointedEvent.value ?? -1]?.event;
  const field = shownField.value;
  if (event) {
    const { ts, playhead } = event.playerTime;
    const text = `at ${formatClockMs(ts - origin.value)}, playhead ${playhead ?? 'unknown'}`;
    return <Line subject={event.eventType} text={text} />;
  }
  if (field === undefined) return <p class="readout muted">Point at a number to see what it is made of</p>;
  const explanation = explanations[field];
  return <Line subject={subjectOf(field, report)} text={explanation ? explanationText(explanation) : ''} />;
}

function Line({ subject, text }: { readonly subject: string; readonly text: string }) {
  return (
    <p class="readout" title={`${subject} ${text}`}>
      <b>{subject}</b> {text}
    </p>
  );
}

function subjectOf(field: string, report: SessionDetail['report']): string {
  const figure = figureAt(figureGroups(report), field);
  const diagnostic = report.diagnostics[Number(/^diagnostics\[(\d+)\]/.exec(field)?.[1] ?? -1)];
  return figure ? `${figure.label} ${figure.value}` : (diagnostic?.code ?? field);
}
