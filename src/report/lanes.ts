import type { Analysis } from './analysis.ts';
import { type ExplainedInterval, type Explanations, explainInterval } from './explain.ts';
import type { TimedEvent } from './order/timed-event.ts';
import type { SessionReport } from './schema/report-schema.ts';
import { repeatable } from './sections/fields.ts';
import { gapBetween, lengthOf, wholeSeconds } from './timeline/interval.ts';

/** What a lane shows. */
export type LaneKind = 'content' | 'adBreak' | 'ad' | 'pause' | 'buffer' | 'stall' | 'chapter' | 'state';

/** One line of a drawing of the session: when something was on. Each player state has a lane of its own. */
export interface Lane {
  readonly kind: LaneKind;
  /** The kind, or the name of the player state. */
  readonly name: string;
  readonly intervals: readonly LaneInterval[];
  /** How long it was on in all, in whole seconds: the number of the report, or the sum of its entries. */
  readonly seconds: number;
}

/** An interval on a lane. */
export interface LaneInterval extends ExplainedInterval {
  /** The name of the ad, the ad break or the chapter. */
  readonly label?: string;
  /** The path of the number in the report that counts it; no number counts an ad break. */
  readonly field?: string;
  /** The place of its ad or its chapter in the report, from 0. */
  readonly entry?: number;
}

/** What tells the intervals of one ad, break or chapter from those of the others on their lane. */
type Entry = Pick<LaneInterval, 'label' | 'entry'>;

/**
 * What was on in a session and when: the numbers of its report as they lie in time. Only lanes with something on them,
 * and always that of the content. Ad breaks have a lane where they are given: `breaksOf` finds them.
 */
export function lanesOf(
  report: SessionReport,
  explanations: Explanations,
  breaks: readonly LaneInterval[] = [],
): Lane[] {
  const { sessionDetails: details, qoeDataDetails: qoe, ads, chapters, states } = report;
  const intervalsOf = (field: string, entry: Entry = {}): LaneInterval[] =>
    (explanations[field]?.intervals ?? []).map((interval) => ({ ...interval, field, ...entry }));
  const lane = (kind: LaneKind, intervals: readonly LaneInterval[], seconds: number, name: string = kind): Lane => ({
    kind,
    name,
    intervals,
    seconds,
  });

  const adIntervals = ads.flatMap(({ advertisingDetails: { friendlyName, name } }, entry) =>
    intervalsOf(`ads[${entry}].advertisingDetails.timePlayed`, { entry, ...labelled(friendlyName || name) }),
  );
  const chapterIntervals = chapters.flatMap(({ chapterDetails: { friendlyName, index } }, entry) =>
    intervalsOf(`chapters[${entry}].chapterDetails.timePlayed`, {
      entry,
      ...labelled(friendlyName || `Chapter ${index}`),
    }),
  );
  const adSeconds = ads.map(({ advertisingDetails }) => advertisingDetails.timePlayed);
  const chapterSeconds = chapters.map(({ chapterDetails }) => chapterDetails.timePlayed);
  const lanes = [
    lane('content', intervalsOf('sessionDetails.timePlayed'), details.timePlayed),
    lane('adBreak', breaks, wholeSeconds(lengthOf(breaks))),
    lane('ad', adIntervals, sum(adSeconds)),
    lane('pause', intervalsOf('sessionDetails.pauseTime'), details.pauseTime),
    lane('buffer', intervalsOf('qoeDataDetails.bufferTime'), qoe.bufferTime),
    lane('stall', intervalsOf('qoeDataDetails.stallTime'), qoe.stallTime),
    lane('chapter', chapterIntervals, sum(chapterSeconds)),
    ...states.map(({ name, time }, at) => lane('state', intervalsOf(`states[${at}].time`), time, name)),
  ];
  return lanes.filter(({ kind, intervals }) => kind === 'content' || intervals.length > 0);
}

/** The ad breaks of a session. One that nobody closed ends where the next begins, or with the last event. */
export function breaksOf(analysis: Analysis): LaneInterval[] {
  const { events } = analysis.timeline;
  const breaks: LaneInterval[] = [];
  let open: { readonly from: TimedEvent; readonly label: string } | undefined;

  const close = (to: TimedEvent | undefined) => {
    if (open && to) {
      const interval = { from: open.from, to, ms: Math.max(0, gapBetween(open.from, to)) };
      breaks.push({ ...explainInterval(interval), label: open.label });
    }
    open = undefined;
  };
  for (const at of events) {
    const { event } = at;
    if (event.eventType === 'adBreakStart') {
      close(at);
      const { 'media.ad.podFriendlyName': name, 'media.ad.podIndex': index } = event.params;
      open = { from: at, label: name || `Break ${index}` };
    }
    if (event.eventType === 'adBreakComplete') close(at);
  }
  close(events.at(-1));
  return breaks;
}

function labelled(name: string): Entry {
  return name === '' ? {} : { label: repeatable(name) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
