import { useMemo } from 'preact/hooks';
import type { EventLog } from '../../events/event-log.ts';
import { explanation } from '../../state/explanation.ts';
import { picked, pointedEvent, view } from '../../state/selection.ts';
import { watched } from '../../state/session.ts';
import { boxesOf } from '../../timeline/boxes.ts';
import { fractionOf, type View } from '../../timeline/view.ts';

/** Through all lanes: what made the number that is pointed at, and the event that is picked. */
export function Highlight({ width }: { readonly width: number }) {
  const made = explanation.value;
  const shown = view.value;
  const { log } = watched.value;
  const bands = useMemo(() => boxesOf(made?.intervals ?? [], shown, width), [made, shown, width]);
  const lines = useMemo(() => linesOf(made?.events ?? [], log, shown, width), [made, log, shown, width]);
  const [at] = linesOf([picked.value ?? -1], log, shown, width);
  const [under] = linesOf([pointedEvent.value ?? -1], log, shown, width);
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

/** The pixels of the events in view, each once. */
function linesOf(indexes: readonly number[], log: EventLog, view: View, width: number): number[] {
  const pixels = new Set<number>();
  for (const index of indexes) {
    const at = fractionOf(view, log.tsAt(index));
    if (at >= 0 && at <= 1) pixels.add(Math.round(at * width));
  }
  return [...pixels];
}
