import { zoneAt } from '../../format/time.ts';
import { totals, viewers } from '../../state/overview.ts';
import { pages, search, stateFilter } from '../../state/sessions.ts';
import { LocalTime } from '../shared/local-time.tsx';
import { Connect } from './connect.tsx';
import { ViewersChart } from './viewers-chart.tsx';

/** How much comes in, and how many watch. */
export function Overview() {
  const unfiltered = search.value.trim() === '' && stateFilter.value === 'all';
  const nothingListed = pages.value?.sessions.length === 0 && pages.value.cursor === undefined;
  const isEmpty = unfiltered && nothingListed && totals.value?.total === 0;
  return (
    <div class="pad overview">
      <Totals />
      {isEmpty ? <Connect /> : viewers.value && <ViewersChart viewers={viewers.value} />}
    </div>
  );
}

function Totals() {
  const counts = totals.value;
  const watching = viewers.value?.counts.at(-1);
  const tiles = [
    ['Watching now', watching, ''],
    ['Calls', counts?.total, ''],
    ['Accepted', counts?.accepted, 'good'],
    ['Rejected', counts?.rejected, counts && counts.rejected > 0 ? 'bad' : ''],
  ] as const;
  return (
    <section aria-label="Totals">
      <dl class="tiles">
        {tiles.map(([label, value, tone]) => (
          <div key={label} class={`tile ${tone}`}>
            <dt>{label}</dt>
            <dd>{value?.toLocaleString('en') ?? '–'}</dd>
          </div>
        ))}
      </dl>
      {counts && (
        <p class="note">
          Calls are counted since <LocalTime at={counts.since} />. Times are those of your zone, {zoneAt(counts.since)}.
        </p>
      )}
    </section>
  );
}
