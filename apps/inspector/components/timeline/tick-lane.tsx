import { useMemo } from 'preact/hooks';
import { formatClock } from '../../../../src/common/text.ts';
import type { EventLog } from '../../events/event-log.ts';
import { origin, pick, picked, pointedEvent } from '../../state/selection.ts';
import { watched } from '../../state/session.ts';
import { categoryOf } from '../../timeline/event-styles.ts';
import { closestTo, firstFrom, type Tick, ticksOf } from '../../timeline/ticks.ts';
import { timeAt, type View } from '../../timeline/view.ts';

interface Props {
  readonly view: View;
  readonly width: number;
}

/** The line of every event: the pointer or the arrow keys pick one. */
export function TickLane({ view, width }: Props) {
  const { log } = watched.value;
  const ticks = useMemo(() => ticksOf(log, view, width), [log, view, width]);
  const at = picked.value;
  const pickedTick = ticks.find(({ index }) => index === at);

  const under = (event: MouseEvent & { currentTarget: Element }) => {
    const box = event.currentTarget.getBoundingClientRect();
    return closestTo(watched.peek().log, timeAt(view, (event.clientX - box.left) / box.width));
  };

  function onKeyDown(event: KeyboardEvent): void {
    const { byTime: ordered } = watched.peek().log;
    const place = placeOf(picked.peek(), watched.peek().log);
    const places: Readonly<Record<string, number>> = {
      ArrowRight: place + 1,
      ArrowLeft: Math.max(0, place - 1),
      Home: 0,
      End: ordered.length - 1,
    };
    if (!Object.hasOwn(places, event.key)) return;
    const next = ordered[Math.min(ordered.length - 1, places[event.key] ?? 0)];
    if (next !== undefined) pick(next);
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="lane ticks">
      <span class="lane-name" aria-hidden="true">
        Events
      </span>
      <div
        class="lane-track"
        role="listbox"
        aria-label="Events on the timeline"
        aria-activedescendant={pickedTick ? `tick-${pickedTick.index}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          pointedEvent.value = under(event);
        }}
        onPointerLeave={() => {
          pointedEvent.value = undefined;
        }}
        onClick={(event) => {
          const index = under(event);
          if (index !== undefined) pick(index);
        }}
      >
        {ticks.map((tick) => (
          <span
            key={tick.index}
            id={`tick-${tick.index}`}
            class={`tick is-${categoryOf(log.typeAt(tick.index))}`}
            role="option"
            tabIndex={-1}
            aria-selected={tick === pickedTick}
            aria-label={nameOf(tick, log)}
            style={{ left: `${tick.at * 100}%` }}
          />
        ))}
      </div>
    </div>
  );
}

/** The place of an event by time; -1 without one. */
function placeOf(index: number | undefined, log: EventLog): number {
  if (index === undefined) return -1;
  const first = firstFrom(log, log.tsAt(index));
  return log.byTime.indexOf(index, first);
}

function nameOf({ index, count }: Tick, log: EventLog): string {
  const more = count > 1 ? ` and ${count - 1} more` : '';
  return `${log.typeAt(index)} at ${formatClock(log.tsAt(index) - origin.value)}${more}`;
}
