import { useMemo } from 'preact/hooks';
import type { SessionDetail } from '../../../../src/inspector/api.ts';
import { picked, pointedEvent, shownField, view } from '../../state/selection.ts';
import { watched } from '../../state/session.ts';
import { boxesOf } from '../../timeline/boxes.ts';
import { fractionOf } from '../../timeline/view.ts';

interface Props {
  readonly explanations: SessionDetail['explanations'];
  readonly width: number;
}

/** Through all lanes: what made the number that is pointed at, and the event that is picked. */
export function Highlight({ explanations, width }: Props) {
  const field = shownField.value;
  const explanation = field === undefined ? undefined : explanations[field];
  const shown = view.value;
  const { events } = watched.value;
  const bands = useMemo(() => boxesOf(explanation?.intervals ?? [], shown, width), [explanation, shown, width]);
  const lines = useMemo(
    () =>
      linesOf(
        (explanation?.events ?? []).map((index) => events[index]?.event.playerTime.ts),
        width,
      ),
    [explanation, events, shown, width],
  );

  function linesOf(times: readonly (number | undefined)[], pixels: number): number[] {
    const columns = times
      .filter((ts) => ts !== undefined)
      .map((ts) => fractionOf(shown, ts))
      .filter((at) => at >= 0 && at <= 1)
      .map((at) => Math.round(at * pixels));
    return [...new Set(columns)];
  }

  const [at] = linesOf([events[picked.value ?? -1]?.event.playerTime.ts], width);
  const [under] = linesOf([events[pointedEvent.value ?? -1]?.event.playerTime.ts], width);
  return (
    <>
      {bands.map(({ left, width: share }) => (
        <span key={left} class="band" style={{ left: `${left * 100}%`, width: `${share * 100}%` }} />
      ))}
      {lines.map((x) => (
        <span key={x} class="line" style={{ left: `${x}px` }} />
      ))}
      {under !== undefined && <span class="line hover" style={{ left: `${under}px` }} />}
      {at !== undefined && <span class="line picked" style={{ left: `${at}px` }} />}
    </>
  );
}
