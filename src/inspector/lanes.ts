import type { Analysis } from '../report/analysis.ts';
import { repeatable } from '../report/sections/fields.ts';
import type { StoredEvent } from '../session/session.ts';
import type { IndexedExplanation, Interval, Lane, LaneInterval, LaneKind } from './api.ts';

/** What was on in a session and when: the numbers of its report as they lie in time, and its breaks. */
export function lanesOf(
  { timeline }: Analysis,
  explanations: Readonly<Record<string, IndexedExplanation>>,
  stretch: (from: StoredEvent, to: StoredEvent) => Interval,
): Lane[] {
  const spans = (field: string, label?: string): LaneInterval[] =>
    (explanations[field]?.intervals ?? []).map((counted) => ({ ...counted, field, ...(label && { label }) }));
  const lane = (kind: LaneKind, found: readonly LaneInterval[], name: string = kind): Lane => ({
    kind,
    name,
    intervals: found,
  });

  const ads = timeline.ads.flatMap(({ event: { params } }, at) =>
    spans(`ads[${at}].advertisingDetails.timePlayed`, repeatable(params['media.ad.name'] || params['media.ad.id'])),
  );
  const chapters = timeline.chapters.flatMap(({ event: { params } }, at) =>
    spans(
      `chapters[${at}].chapterDetails.timePlayed`,
      repeatable(params['media.chapter.friendlyName']) || `Chapter ${params['media.chapter.index']}`,
    ),
  );
  const lanes = [
    lane('content', spans('sessionDetails.timePlayed')),
    lane('adBreak', breaksIn(timeline.events, stretch)),
    lane('ad', ads),
    lane('pause', spans('sessionDetails.pauseTime')),
    lane('buffer', spans('qoeDataDetails.bufferTime')),
    lane('stall', spans('qoeDataDetails.stallTime')),
    lane('chapter', chapters),
    ...timeline.states.map(({ name }, at) => lane('state', spans(`states[${at}].time`), name)),
  ];
  return lanes.filter(({ kind, intervals: found }) => kind === 'content' || found.length > 0);
}

/** The breaks, which no number counts. One that nobody closed ends where the next begins, or with the events. */
function breaksIn(
  events: readonly StoredEvent[],
  stretch: (from: StoredEvent, to: StoredEvent) => Interval,
): LaneInterval[] {
  const breaks: LaneInterval[] = [];
  let opened: { readonly at: StoredEvent; readonly label: string } | undefined;
  const close = (at: StoredEvent | undefined) => {
    if (opened && at) breaks.push({ ...stretch(opened.at, at), label: opened.label });
    opened = undefined;
  };
  for (const at of events) {
    const { event } = at;
    if (event.eventType === 'adBreakStart') {
      close(at);
      const { 'media.ad.podFriendlyName': name, 'media.ad.podIndex': index } = event.params;
      opened = { at, label: name || `Break ${index}` };
    }
    if (event.eventType === 'adBreakComplete') close(at);
  }
  close(events.at(-1));
  return breaks;
}
