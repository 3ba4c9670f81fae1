import { useMemo, useState } from 'preact/hooks';
import { formatClockMs } from '../../../../src/common/text.ts';
import type { IndexedEvent } from '../../../../src/inspector/api.ts';
import { pluralize } from '../../format/text.ts';
import { origin, pick, picked } from '../../state/selection.ts';
import { watched } from '../../state/session.ts';
import { categoryOf } from '../../timeline/event-styles.ts';
import { type RowProps, VirtualList } from '../shared/virtual-list.tsx';

const ROW = 26;

/** Every event in the order of arrival. */
export function EventList({ isOpen }: { readonly isOpen: boolean }) {
  const [withPings, showPings] = useState(true);
  const all = watched.value.events;
  const events = useMemo(
    () => (withPings ? all : all.filter(({ event }) => event.eventType !== 'ping')),
    [all, withPings],
  );
  const active = withPings ? (picked.value ?? -1) : events.findIndex(({ index }) => index === picked.value);
  return (
    <section class="event-list panel" aria-label="Events">
      <div class="panel-head">
        <h2>{pluralize(all.length, 'event')}</h2>
        <label class="check">
          <input
            type="checkbox"
            checked={withPings}
            onChange={({ currentTarget }) => {
              showPings(currentTarget.checked);
            }}
          />
          pings
        </label>
      </div>
      <VirtualList
        id="events"
        label="Events in order of arrival"
        count={events.length}
        rowHeight={ROW}
        active={active}
        isPrimary
        follow={isOpen}
        onMove={(at) => {
          const index = events[at]?.index;
          if (index !== undefined) pick(index);
        }}
        row={(at, props) => {
          const event = events[at];
          return event && <EventRow key={event.index} event={event} props={props} />;
        }}
      />
    </section>
  );
}

function EventRow({ event: stored, props }: { readonly event: IndexedEvent; readonly props: RowProps }) {
  const { index, event } = stored;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: it is an option
    <div {...props} class="event-row" onClick={() => pick(index)}>
      <span class="event-at">{formatClockMs(event.playerTime.ts - origin.value)}</span>
      <span class={`event-type is-${categoryOf(stored)}`} title={event.eventType}>
        {event.eventType}
      </span>
      <span class="event-playhead" title={`Playhead ${event.playerTime.playhead ?? 'unknown'}`}>
        {event.playerTime.playhead ?? '–'}
      </span>
    </div>
  );
}
