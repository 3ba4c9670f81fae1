import { formatClockMs } from '../../../../src/common/text.ts';
import type { ReportHead } from '../../../../src/inspector/api.ts';
import { explanationText } from '../../format/explanation-text.ts';
import { adFigures, chapterFigures, figureAt, figureGroups } from '../../format/figures.ts';
import { explanation } from '../../state/explanation.ts';
import { ads, chapters } from '../../state/report-lists.ts';
import { origin, pointedEvent, shownField } from '../../state/selection.ts';
import { watched } from '../../state/session.ts';

/** Whether things can be pointed at without being pressed, which fingers cannot. */
const hasPointer = matchMedia('(hover: hover)');

/** One line on what is pointed at: an event, or what a number is made of. */
export function Readout({ report }: { readonly report: ReportHead }) {
  const event = watched.value.log.at(pointedEvent.value ?? -1);
  const field = shownField.value;
  if (event) {
    const { eventType, ts, playhead } = event;
    const text = `at ${formatClockMs(ts - origin.value)}, playhead ${playhead ?? 'unknown'}`;
    return <Line subject={eventType} text={text} />;
  }
  if (field === undefined) {
    return <p class="readout muted">{hasPointer.matches ? 'Point at' : 'Tap'} a number to see what it is made of</p>;
  }
  const made = explanation.value;
  return <Line subject={subjectOf(field, report)} text={made?.field === field ? explanationText(made) : ''} />;
}

function Line({ subject, text }: { readonly subject: string; readonly text: string }) {
  return (
    <p class="readout" title={`${subject} ${text}`}>
      <b>{subject}</b> {text}
    </p>
  );
}

function subjectOf(field: string, report: ReportHead): string {
  const [, list, place] = /^(\w+)\[(\d+)\]/.exec(field) ?? [];
  const at = Number(place);
  if (list === 'diagnostics') return report.diagnostics[at]?.code ?? field;
  const entries = { ads: ads.entries.peek(), chapters: chapters.entries.peek() };
  const listed =
    list === 'ads'
      ? adFigures(entries.ads.slice(at, at + 1), at)
      : list === 'chapters'
        ? chapterFigures(entries.chapters.slice(at, at + 1), at)
        : [];
  const figure = listed[0] ?? figureAt(figureGroups(report), field);
  return figure ? `${figure.label} ${figure.value}` : field;
}
