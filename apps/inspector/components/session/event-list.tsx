import { useMemo, useState } from 'preact/hooks';
import { formatClockMs } from '../../../../src/common/text.ts';
import type { EventLog, LoggedEvent } from '../../events/event-log.ts';
import { pluralize } from '../../format/text.ts';
import { origin, pick, picked } from '../../state/selection.ts';
import { watched } from '../../state/session.ts';
import { categoryOf } from '../../timeline/event-styles.ts';
import { type RowProps, VirtualList } from '../shared/virtual-list.tsx';

const ROW = 26;

/** Every event in the order of arrival. */
export function EventList({ isOpen }: { readonly isOpen: boolean }) {
  const [withPings, showPings] = useState(true);
  const { log, detail } = watched.value;
  const others = useMemo(() => (withPings ? undefined : othersThanPings(log)), [log, withPings]);
  const indexOf = (row: number) => (others ? others[row] : row);
  const total = detail?.report.eventCount ?? 0;
  const active = others ? others.indexOf(picked.value ?? -1) : (picked.value ?? -1);
  return (
    <section class="event-list panel" aria-label="Events">
      <div class="panel-head">
        <h2>
          {log.count < total && `${log.count.toLocaleString('en')} of `}
          {pluralize(Math.max(log.count, total), 'event')}
        </h2>
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
        count={others ? others.length : log.count}
        rowHeight={ROW}
        active={active}
        isPrimary
        follow={isOpen}
        onMove={(at) => {
          const index = indexOf(at);
          if (index !== undefined) pick(index);
        }}
        row={(at, props) => {
          const event = log.at(indexOf(at) ?? -1);
          return event && <EventRow key={event.index} event={event} props={props} />;
        }}
      />
    </section>
  );
}

function othersThanPings(log: EventLog): readonly number[] {
  const others: number[] = [];
  for (let index = 0; index < log.count; index++) if (log.typeAt(index) !== 'ping') others.push(index);
  return others;
}

function EventRow({ event, props }: { readonly event: LoggedEvent; readonly props: RowProps }) {
  const { index, eventType, ts, playhead } = event;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: it is an option
    <div {...props} class="event-row" onClick={() => pick(index)}>
      <span class="event-at">{formatClockMs(ts - origin.value)}</span>
      <span class={`event-type is-${categoryOf(eventType)}`} title={eventType}>
        {eventType}
      </span>
      <span class="event-playhead" title={`Playhead ${playhead ?? 'unknown'}`}>
        {playhead ?? '–'}
      </span>
    </div>
  );
}
