import { formatClock } from '../../../../src/common/text.ts';
import type { SessionSummary } from '../../../../src/inspector/api.ts';
import { closeReasonIn } from '../../format/text.ts';
import { ago } from '../../format/time.ts';
import { secondsNow } from '../../state/browser.ts';
import { watched } from '../../state/session.ts';
import { RejectedCalls } from '../rejections/rejected-calls.tsx';
import { Diagnostics } from '../report/diagnostics.tsx';
import { Report } from '../report/report.tsx';
import { CopyButton } from '../shared/buttons.tsx';
import { LocalTime } from '../shared/local-time.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { EventDetail } from './event-detail.tsx';
import { EventList } from './event-list.tsx';

/** Everything about one session. */
export function SessionView({ sid }: { readonly sid: string }) {
  const { detail, absence, rejections } = watched.value;
  const here = watched.value.sid === sid;
  if (here && absence !== undefined) return <Absent sid={sid} {...absence} />;
  if (!here || detail === undefined)
    return (
      <p class="note pad" aria-live="polite">
        Loading the session…
      </p>
    );
  return (
    <div class="session-page">
      <Heading session={detail.session} />
      <div class="session-main">
        <Timeline detail={detail} />
        <div class="events">
          <EventList isOpen={detail.session.state === 'open'} />
          <EventDetail />
        </div>
      </div>
      <aside class="session-side" aria-label="Report">
        {rejections.length > 0 && (
          <section class="panel" aria-label="Rejected calls of this session">
            <h2>Rejected calls</h2>
            <RejectedCalls calls={rejections} id="session-rejections" />
          </section>
        )}
        <Diagnostics report={detail.report} />
        <Report detail={detail} />
      </aside>
    </div>
  );
}

function Heading({ session }: { readonly session: SessionSummary }) {
  const { sid, state, closeReason, mediaName, mediaId, playerName, channel, visitor, contentType, length } = session;
  const now = secondsNow.value;
  const facts = [
    ['Player', playerName],
    ['Channel', channel],
    ['Visitor', visitor],
    ['Media id', mediaName === undefined ? undefined : mediaId],
    ['Content', length === null ? contentType : `${contentType}, ${formatClock(length * 1000)}`],
    ['App', session.sdkVersion],
    ['SDK', session.libraryVersion],
    ['API', session.protocol === 'media-edge' ? 'Media Edge' : 'Media Collection'],
    ['Datastream', session.datastream],
    ['Started', <LocalTime at={session.startedAt} />],
    [
      'Last event',
      <>
        <LocalTime at={session.lastEventAt} /> ({ago(session.lastEventAt, now)})
      </>,
    ],
  ] as const;
  return (
    <header class="session-head">
      <a class="back" href="#/" aria-label="Back to the sessions">
        ←
      </a>
      <h1 title={mediaName ?? mediaId}>
        <bdi>{mediaName ?? mediaId}</bdi>
      </h1>
      <span class={`pill ${state}`}>{closeReason === undefined ? state : closeReasonIn(closeReason)}</span>
      <span class="sid">
        <code title={sid}>{sid}</code>
        <CopyButton label="Copy id" text={() => sid} />
      </span>
      <dl class="facts">
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
    </header>
  );
}

const ABSENCES = {
  missing: {
    title: 'No such session',
    reason: 'Its store may have forgotten it, or the server has another store now.',
  },
  'too-large': { title: 'This session is too large', reason: 'Its events can be read by the API.' },
} as const;

interface AbsentProps {
  readonly sid: string;
  readonly kind: keyof typeof ABSENCES;
  readonly message: string;
}

function Absent({ sid, kind, message }: AbsentProps) {
  const { title, reason } = ABSENCES[kind];
  return (
    <section class="pad unknown" role="alert">
      <h1>{title}</h1>
      <p>
        {kind === 'missing' ? 'The server does not know' : 'The server cannot show'} <code>{sid}</code>. It said:{' '}
        {message}
      </p>
      <p>{reason}</p>
      <a class="button" href="#/">
        All sessions
      </a>
    </section>
  );
}
