import type { Collector } from '../collector/collector.ts';
import { truncatedCopy } from '../common/text.ts';
import { isOpen } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { EventOf } from '../wire/events.ts';
import type { SessionSummary } from './api.ts';

/** What a list shows of a session's start. */
type Content = Omit<SessionSummary, 'sid' | 'state' | 'startedAt' | 'lastEventAt' | 'deadline' | 'closeReason'>;

/** Summaries of sessions, from their starts, which are kept so that a list need not read each session whole. */
export interface Summaries {
  /** Takes note of a session that starts now. */
  note(sid: string, events: readonly StoredEvent[]): void;
  /** The summary of a session; undefined when it was forgotten meanwhile. */
  of(session: MediaSession): Promise<SessionSummary | undefined>;
}

/** How many starts are kept. The oldest give way. */
const MAX_KEPT = 10_000;
/** The most characters of a name that are kept and shown. */
const MAX_TEXT = 200;

export function keptSummaries(collector: Collector): Summaries {
  const kept = new Map<string, Content>();

  function note(sid: string, events: readonly StoredEvent[]): Content | undefined {
    const content = contentOf(events);
    if (content === undefined) return undefined;
    kept.set(sid, content);
    const [oldest] = kept.size > MAX_KEPT ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    return content;
  }

  async function contentFor(sid: string): Promise<Content | undefined> {
    const events = kept.has(sid) ? undefined : await collector.events(sid);
    return events ? note(sid, events) : kept.get(sid);
  }

  return {
    note,

    async of(session) {
      const content = await contentFor(session.sid);
      if (content === undefined) return undefined;
      const { sid, startedAt, lastEventAt, deadline, closeReason } = session;
      const over = !isOpen(session, collector.now());
      return {
        sid,
        state: over ? 'closed' : 'open',
        startedAt,
        lastEventAt,
        deadline,
        ...(over && { closeReason }),
        ...content,
      };
    },
  };
}

function contentOf(events: readonly StoredEvent[]): Content | undefined {
  const start = events.map(({ event }) => event).find((event) => event.eventType === 'sessionStart');
  if (start === undefined) return undefined;
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
function visitorOf({ params }: EventOf<'sessionStart'>): string | undefined {
  const [customer] = Object.values(params['visitor.customerIDs'] ?? {});
  const ids = [params['visitor.marketingCloudUserId'], params['analytics.visitorId'], params['analytics.aid']];
  return [customer?.id, ...ids, params.appInstallationId].find((id) => id);
}

function named<Name extends string>(name: Name, text: string | undefined): { readonly [Key in Name]?: string } {
  return text ? ({ [name]: truncatedCopy(text, MAX_TEXT) } as { readonly [Key in Name]?: string }) : {}; // a computed key widens
}
