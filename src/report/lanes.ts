import { each, map } from '../common/list-work.ts';
import { PIECE, type Work } from '../common/work.ts';
import type { Analysis } from './analysis.ts';
import { type ExplainedInterval, type Explanations, explainInterval } from './explain.ts';
import type { TimedEvent } from './order/timed-event.ts';
import type { SessionReport } from './schema/report-schema.ts';
import { repeatable } from './sections/fields.ts';
import { gapBetween, wholeSeconds } from './timeline/interval.ts';

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

/** A number of the report that is shown on a lane. */
interface Part extends Entry {
  /** Its path. */
  readonly field: string;
  readonly seconds: number;
}

/**
 * What was on in a session and when: the numbers of its report as they lie in time. Only lanes with something on them,
 * and always that of the content. Ad breaks have a lane where they are given: `breaksOf` finds them.
 */
export function* lanesOf(
  report: SessionReport,
  explanations: Explanations,
  breaks: readonly LaneInterval[] = [],
): Work<Lane[]> {
  const { sessionDetails: details, qoeDataDetails: qoe } = report;
  const lane = (kind: LaneKind, parts: readonly Part[], name?: string) => laneOf(kind, parts, explanations, name);
  const single = (kind: LaneKind, field: string, seconds: number, name?: string) =>
    lane(kind, [{ field, seconds }], name);

  const ads = yield* map(report.ads, ({ advertisingDetails: { friendlyName, name, timePlayed } }, entry): Part => {
    const field = `ads[${entry}].advertisingDetails.timePlayed`;
    return { field, seconds: timePlayed, entry, ...labelled(friendlyName || name) };
  });
  const chapters = yield* map(
    report.chapters,
    ({ chapterDetails: { friendlyName, index, timePlayed } }, entry): Part => {
      const field = `chapters[${entry}].chapterDetails.timePlayed`;
      return { field, seconds: timePlayed, entry, ...labelled(friendlyName || `Chapter ${index}`) };
    },
  );
  const lanes = [
    yield* single('content', 'sessionDetails.timePlayed', details.timePlayed),
    { kind: 'adBreak', name: 'adBreak', intervals: breaks, seconds: wholeSeconds(yield* lengthOf(breaks)) } as const,
    yield* lane('ad', ads),
    yield* single('pause', 'sessionDetails.pauseTime', details.pauseTime),
    yield* single('buffer', 'qoeDataDetails.bufferTime', qoe.bufferTime),
    yield* single('stall', 'qoeDataDetails.stallTime', qoe.stallTime),
    yield* lane('chapter', chapters),
  ];
  for (const [at, { name, time }] of report.states.entries()) {
    lanes.push(yield* single('state', `states[${at}].time`, time, name));
  }
  return lanes.filter(({ kind, intervals }) => kind === 'content' || intervals.length > 0);
}

function* laneOf(kind: LaneKind, parts: readonly Part[], explanations: Explanations, name: string = kind): Work<Lane> {
  const intervals: LaneInterval[] = [];
  let total = 0;
  let steps = 0;
  for (const { seconds, ...part } of parts) {
    const own = explanations[part.field]?.intervals ?? [];
    yield* each(own, (interval) => {
      intervals.push({ ...interval, ...part });
    });
    total += seconds;
    steps += 1 + own.length;
    if (steps < PIECE) continue;
    yield;
    steps = 0;
  }
  return { kind, name, intervals, seconds: total };
}

function* lengthOf(intervals: readonly LaneInterval[]): Work<number> {
  let length = 0;
  yield* each(intervals, ({ ms }) => {
    length += ms;
  });
  return length;
}

/** The ad breaks of a session. One that nobody closed ends where the next begins, or with the last event. */
export function* breaksOf(analysis: Analysis): Work<LaneInterval[]> {
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
  yield* each(events, (at) => {
    const { event } = at;
    if (event.eventType === 'adBreakStart') {
      close(at);
      const { 'media.ad.podFriendlyName': name, 'media.ad.podIndex': index } = event.params;
      open = { from: at, label: name || `Break ${index}` };
    }
    if (event.eventType === 'adBreakComplete') close(at);
  });
  close(events.at(-1));
  return breaks;
}

function labelled(name: string): Entry {
  return name === '' ? {} : { label: repeatable(name) };
}
