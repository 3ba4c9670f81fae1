import type { SessionSummary } from '../../../../src/inspector/api.ts';
import { closeReasonIn } from '../../format/text.ts';
import { ago, formatTimeInZone } from '../../format/time.ts';
import { sessionLink } from '../../route.ts';
import { secondsNow } from '../../state/browser.ts';
import { LocalTime } from '../shared/local-time.tsx';
import type { RowProps } from '../shared/virtual-list.tsx';

interface Props {
  readonly session: SessionSummary;
  /** Whether it is the one on the page. */
  readonly shown: boolean;
  readonly props: RowProps;
}

/** A session in the list. */
export function SessionRow({ session, shown, props }: Props) {
  const { sid, state, mediaName, mediaId, playerName, visitor, startedAt, lastEventAt, closeReason } = session;
  const now = secondsNow.value;
  const what = closeReason === undefined ? state : closeReasonIn(closeReason);
  return (
    <a
      {...props}
      class="session-row"
      href={sessionLink(sid)}
      aria-current={shown ? 'page' : undefined}
      draggable={false}
    >
      <span class={`dot ${state}`} role="img" aria-label={state} />
      <span class="session-name" title={mediaName ?? mediaId}>
        <bdi>{mediaName ?? mediaId}</bdi>
      </span>
      <span class="session-ago" title={`Last event ${formatTimeInZone(lastEventAt)}`}>
        {ago(lastEventAt, now)}
      </span>
      <span class="session-who" title={playerName}>
        <bdi>{playerName ?? 'no player name'}</bdi>
        {visitor !== undefined && (
          <span class="mono" title={`Visitor ${visitor}`}>
            <bdi>{visitor}</bdi>
          </span>
        )}
      </span>
      <span class="session-when">
        started <LocalTime at={startedAt} /> · {what}
      </span>
    </a>
  );
}
