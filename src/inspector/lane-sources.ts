import { truncate } from '../common/text.ts';
import type { TimedEvent } from '../report/order/timed-event.ts';
import { gapBetween, type Interval } from '../report/timeline/interval.ts';
import type { AnalysedSession } from './analysed-session.ts';
import type { Lane, LaneInterval } from './api.ts';

/** An interval as it lies on a lane. */
interface LaidInterval extends Interval, Pick<LaneInterval, 'label' | 'field'> {}

/** A lane, whose intervals are found one after the other. */
export interface LaneSource extends Pick<Lane, 'kind' | 'name'> {
  readonly intervals: Iterable<LaidInterval>;
}

/** The most characters of a name on a lane: more is not drawn. */
const MAX_LABEL = 40;
const MAX_NAME = 100;

/** What was on in a session and when: the numbers of its report as they lie in time. */
export function laneSources({ analysis, evidence }: AnalysedSession): LaneSource[] {
  const { events, ads, chapters, states } = analysis.timeline;
  const lane = (kind: Exclude<Lane['kind'], 'state'>, intervals: Iterable<LaidInterval>): LaneSource => ({
    kind,
    name: kind,
    intervals,
  });
  const ofField = (field: string) => laid(evidence[field]?.intervals ?? [], { field });
  return [
    lane('content', ofField('sessionDetails.timePlayed')),
    lane('adBreak', breaksIn(events)),
    lane(
      'ad',
      each(ads, ({ time, event: { params } }, at) =>
        laid(time.intervals, {
          field: `ads[${at}].advertisingDetails.timePlayed`,
          label: params['media.ad.name'] || params['media.ad.id'],
        }),
      ),
    ),
    lane('pause', ofField('sessionDetails.pauseTime')),
    lane('buffer', ofField('qoeDataDetails.bufferTime')),
    lane('stall', ofField('qoeDataDetails.stallTime')),
    lane(
      'chapter',
      each(chapters, (chapter, at) => {
        const { 'media.chapter.friendlyName': name, 'media.chapter.index': index } = chapter.event.params;
        return laid(chapter.content.intervals, {
          field: `chapters[${at}].chapterDetails.timePlayed`,
          label: name || `Chapter ${index}`,
        });
      }),
    ),
    ...states.map(({ name }, at): LaneSource => {
      return { kind: 'state', name: truncate(name, MAX_NAME), intervals: ofField(`states[${at}].time`) };
    }),
    lane('gap', gapsOf(analysis)),
  ];
}

/** Neighbours as one, so that an hour of pings is one interval; a clock that jumped stands out by itself. */
export function* joined(intervals: Iterable<Interval>): Generator<Interval> {
  let open: Interval | undefined;
  for (const interval of intervals) {
    if (open && open.to === interval.from && byTheClock(open) && byTheClock(interval)) {
      open = { from: open.from, to: interval.to, ms: open.ms + interval.ms };
      continue;
    }
    if (open) yield open;
    open = interval;
  }
  if (open) yield open;
}

function byTheClock({ from, to, ms }: Interval): boolean {
  return to.event.playerTime.ts - from.event.playerTime.ts === ms;
}

function* laid(
  intervals: Iterable<Interval>,
  { field, label }: { readonly field?: string; readonly label?: string },
): Generator<LaidInterval> {
  const named = { ...(field !== undefined && { field }), ...(label && { label: truncate(label, MAX_LABEL) }) };
  for (const { from, to, ms } of joined(intervals)) yield { from, to, ms, ...named };
}

function* each<Entry>(
  entries: readonly Entry[],
  intervalsOf: (entry: Entry, at: number) => Iterable<LaidInterval>,
): Generator<LaidInterval> {
  for (const [at, entry] of entries.entries()) yield* intervalsOf(entry, at);
}

/** The ad breaks of a session. One that nobody closed ends where the next begins, or with the last event. */
function* breaksIn(events: readonly TimedEvent[]): Generator<LaidInterval> {
  let open: { readonly from: TimedEvent; readonly label: string } | undefined;
  const until = (to: TimedEvent | undefined): readonly LaidInterval[] => {
    if (open === undefined || to === undefined) return [];
    return [
      { from: open.from, to, ms: Math.max(0, gapBetween(open.from, to)), label: truncate(open.label, MAX_LABEL) },
    ];
  };
  for (const at of events) {
    const { event } = at;
    if (event.eventType === 'adBreakStart') {
      yield* until(at);
      const { 'media.ad.podFriendlyName': name, 'media.ad.podIndex': index } = event.params;
      open = { from: at, label: name || `Break ${index}` };
    }
    if (event.eventType === 'adBreakComplete') {
      yield* until(at);
      open = undefined;
    }
  }
  yield* until(events.at(-1));
}

/** The intervals without any event that the report has a diagnostic of, which is about the event that ended each. */
function* gapsOf({ findings, timeline }: AnalysedSession['analysis']): Generator<LaidInterval> {
  const ends = new Set(findings.find(({ code }) => code === 'missing-pings')?.events);
  if (ends.size === 0) return;
  for (const { from, to } of timeline.intervals) if (ends.has(to)) yield { from, to, ms: gapBetween(from, to) };
}
