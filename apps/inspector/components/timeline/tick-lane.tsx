import { useMemo } from 'preact/hooks';
import { formatClock } from '../../../../src/common/text.ts';
import { origin, pick, picked, pointedEvent } from '../../state/selection.ts';
import { byTime } from '../../state/session.ts';
import { categoryOf } from '../../timeline/event-styles.ts';
import { closestTo, type Tick, ticksOf } from '../../timeline/ticks.ts';
import { timeAt, type View } from '../../timeline/view.ts';

interface Props {
  readonly view: View;
  readonly width: number;
}

/** The line of every event: the pointer or the arrow keys pick one. */
export function TickLane({ view, width }: Props) {
  const events = byTime.value;
  const ticks = useMemo(() => ticksOf(events, view, width), [events, view, width]);
  const at = picked.value;
  const pickedTick = ticks.find(({ shown }) => shown.index === at);

  const under = (event: MouseEvent & { currentTarget: Element }) => {
    const box = event.currentTarget.getBoundingClientRect();
    return closestTo(byTime.peek(), timeAt(view, (event.clientX - box.left) / box.width))?.index;
  };

  function onKeyDown(event: KeyboardEvent): void {
    const ordered = byTime.peek();
    const place = ordered.findIndex(({ index }) => index === picked.peek());
    const places: Readonly<Record<string, number>> = {
      ArrowRight: place + 1,
      ArrowLeft: Math.max(0, place - 1),
      Home: 0,
      End: ordered.length - 1,
    };
    if (!Object.hasOwn(places, event.key)) return;
    const next = ordered[Math.min(ordered.length - 1, places[event.key] ?? 0)];
    if (next) pick(next.index);
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
        aria-activedescendant={pickedTick ? `tick-${pickedTick.shown.index}` : undefined}
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
            key={tick.shown.index}
            id={`tick-${tick.shown.index}`}
            class={`tick is-${categoryOf(tick.shown)}`}
            role="option"
            tabIndex={-1}
            aria-selected={tick === pickedTick}
            aria-label={nameOf(tick)}
            style={{ left: `${tick.at * 100}%` }}
          />
        ))}
      </div>
    </div>
  );
}

function nameOf({ shown, count }: Tick): string {
  const { eventType, playerTime } = shown.event;
  const more = count > 1 ? ` and ${count - 1} more` : '';
  return `${eventType} at ${formatClock(playerTime.ts - origin.value)}${more}`;
}
