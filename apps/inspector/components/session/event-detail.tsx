import { useMemo } from 'preact/hooks';
import { formatClockMs } from '../../../../src/common/text.ts';
import type { IndexedEvent } from '../../../../src/inspector/api.ts';
import { curlOf } from '../../format/curl.ts';
import { skew } from '../../format/time.ts';
import { jsonLines } from '../../json/lines.ts';
import { pickedDiagnostics, pickedEvent } from '../../state/picked-event.ts';
import { origin, picked } from '../../state/selection.ts';
import { watched } from '../../state/session.ts';
import { CopyButton } from '../shared/buttons.tsx';
import { JsonView } from '../shared/json-view.tsx';
import { LocalTime } from '../shared/local-time.tsx';

/** The event that is picked: when, what, and how to send it again. */
export function EventDetail() {
  const stored = pickedEvent.value;
  return (
    <section class="event-detail panel" aria-label="Picked event">
      {stored && <Detail stored={stored} />}
      {!stored && (
        <p class="note" aria-live="polite">
          {picked.value === undefined ? 'Pick an event in the list or on the timeline.' : 'Loading the event…'}
        </p>
      )}
    </section>
  );
}

function Detail({ stored }: { readonly stored: IndexedEvent }) {
  const { index, event, receivedAt, shortened } = stored;
  const { sid } = watched.value;
  const lines = useMemo(() => jsonLines(event), [event]);
  return (
    <>
      <div class="panel-head">
        <h2>
          {event.eventType} <span class="muted">#{index}</span>
        </h2>
        <CopyButton label="Copy JSON" text={() => JSON.stringify(event, null, 2)} />
        <CopyButton label="Copy curl" text={() => curlOf(location.origin, sid, event)} />
      </div>
      <dl class="times">
        <div>
          <dt>Player's clock</dt>
          <dd>
            <LocalTime at={event.playerTime.ts} withMilliseconds /> <span class="muted">ts {event.playerTime.ts}</span>
          </dd>
        </div>
        <div>
          <dt>In the session</dt>
          <dd>
            {formatClockMs(event.playerTime.ts - origin.value)}{' '}
            <span class="muted">playhead {event.playerTime.playhead ?? 'unknown'}</span>
          </dd>
        </div>
        <div>
          <dt>Received</dt>
          <dd>
            <LocalTime at={receivedAt} withMilliseconds />{' '}
            <span class="muted">{skew(event.playerTime.ts, receivedAt)}</span>
          </dd>
        </div>
      </dl>
      {pickedDiagnostics.value.map(({ code, severity, message }) => (
        <p key={code} class={`diagnostic-line ${severity}`}>
          <span class={`severity ${severity}`}>{severity}</span> <code>{code}</code> <bdi>{message}</bdi>
        </p>
      ))}
      {shortened && <p class="note">It is very large, and shown in part.</p>}
      <JsonView label="Event as JSON" lines={lines} />
    </>
  );
}
