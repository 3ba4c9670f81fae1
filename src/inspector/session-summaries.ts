import type { Collector } from '../collector/collector.ts';
import { boundedMap } from '../common/bounded-map.ts';
import { truncatedCopy } from '../common/text.ts';
import { isOpen } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { StandardEventOf } from '../wire/events.ts';
import { standardEvent } from '../wire/standard-event.ts';
import type { SessionSummary } from './api.ts';
import { firstEvent } from './session-events.ts';

/** What a summary has of the start of a session. */
type Content = Omit<SessionSummary, keyof FromSession>;

/** What it has of the session itself. */
type FromSession = Pick<
  SessionSummary,
  'sid' | 'state' | 'startedAt' | 'lastEventAt' | 'deadline' | 'closeReason' | 'protocol' | 'datastream'
>;

/** Summaries of sessions. What they have of the starts is kept, so that a list need not ask the store. */
export interface SessionSummaries {
  /** Keeps what a summary has of the start of a session. */
  add(sid: string, first: StoredEvent): void;
  /** The summary of a session; undefined when it was forgotten meanwhile. */
  of(session: MediaSession): Promise<SessionSummary | undefined>;
}

/** How many starts are kept at least, of the sessions that were listed or started last; at most twice as many. */
const KEPT = 10_000;
/** The most characters of a name that are kept and shown. */
const MAX_TEXT = 200;

/** Summarises the sessions of a collector. */
export function sessionSummaries(collector: Collector): SessionSummaries {
  const kept = boundedMap<Content>(KEPT);

  function add(sid: string, first: StoredEvent): Content | undefined {
    const content = contentOf(first);
    if (content !== undefined) kept.set(sid, content);
    return content;
  }

  async function contentFor(sid: string): Promise<Content | undefined> {
    const known = kept.get(sid);
    if (known !== undefined) return known;
    const first = await firstEvent(collector, sid);
    return first && add(sid, first);
  }

  return {
    add,

    async of(session) {
      const content = await contentFor(session.sid);
      if (content === undefined) return undefined;
      const { sid, startedAt, lastEventAt, deadline, closeReason, edge } = session;
      const closed = !isOpen(session, collector.now());
      return {
        sid,
        state: closed ? 'closed' : 'open',
        startedAt,
        lastEventAt,
        deadline,
        ...(closed && { closeReason }),
        ...content,
        protocol: edge ? 'media-edge' : 'media-collection',
        ...named('datastream', edge?.datastream),
      };
    },
  };
}

function contentOf({ event }: StoredEvent): Content | undefined {
  const start = standardEvent(event);
  if (start.eventType !== 'sessionStart') return undefined;
  const { params } = start;
  return {
    mediaId: truncatedCopy(params['media.id'], MAX_TEXT),
    contentType: truncatedCopy(params['media.contentType'], MAX_TEXT),
    length: params['media.length'],
    ...named('mediaName', params['media.name']),
    ...named('streamType', params['media.streamType']),
    ...named('playerName', params['media.playerName']),
    ...named('channel', params['media.channel']),
    ...named('visitor', visitorOf(start)),
    ...named('sdkVersion', params['media.sdkVersion']),
    ...named('libraryVersion', params['media.libraryVersion']),
  };
}

/** The ids a player may send, the best known first. */
function visitorOf({ params }: StandardEventOf<'sessionStart'>): string | undefined {
  const [customer] = Object.values(params['visitor.customerIDs'] ?? {});
  const ids = [params['visitor.marketingCloudUserId'], params['analytics.visitorId'], params['analytics.aid']];
  return [customer?.id, ...ids, params.appInstallationId].find((id) => id);
}

function named<Name extends string>(name: Name, text: string | undefined): { readonly [Key in Name]?: string } {
  return text ? ({ [name]: truncatedCopy(text, MAX_TEXT) } as { readonly [Key in Name]?: string }) : {}; // a computed key widens
}
