import { formatClock } from '../../../src/common/text.ts';
import type { Lane, LaneInterval } from '../../../src/inspector/api.ts';
import { countOf } from './boxes.ts';

/** What a lane is called, and one interval on it. */
interface Names {
  readonly lane: string;
  readonly interval: string;
}

const NAMES: Readonly<Record<Exclude<Lane['kind'], 'state'>, Names>> = {
  content: { lane: 'Content', interval: 'Content' },
  adBreak: { lane: 'Ad breaks', interval: 'Ad break' },
  ad: { lane: 'Ads', interval: 'Ad' },
  pause: { lane: 'Pauses', interval: 'Pause' },
  buffer: { lane: 'Buffering', interval: 'Buffering' },
  stall: { lane: 'Stalls', interval: 'Stall' },
  chapter: { lane: 'Chapters', interval: 'Chapter' },
  gap: { lane: 'Gaps', interval: 'No event' },
};

/** The lane's name for people. A state's is the player's own. */
export function laneName({ kind, name }: Lane): string {
  return kind === 'state' ? name : NAMES[kind].lane;
}

/** The name of an interval, or of several drawn as one: `Ad: Spring sale, 0:15`. */
export function intervalName(lane: Lane, intervals: readonly LaneInterval[]): string {
  const [first] = intervals;
  const ms = intervals.reduce((sum, interval) => sum + interval.ms, 0);
  const kind = lane.kind === 'state' ? lane.name : NAMES[lane.kind].interval;
  const count = countOf(intervals);
  if (count > 1 && lane.kind === 'gap') return `${count} gaps, ${formatClock(ms)}`;
  if (count > 1) return `${laneName(lane)}: ${count.toLocaleString('en')} close together, ${formatClock(ms)}`;
  return `${first?.label === undefined ? kind : `${kind}: ${first.label}`}, ${formatClock(ms)}`;
}
