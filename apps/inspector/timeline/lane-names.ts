import { formatClock } from '../../../src/common/text.ts';
import type { Lane, LaneInterval } from '../../../src/inspector/api.ts';
import type { LaneKind } from '../../../src/report/lanes.ts';

interface Names {
  readonly lane: string;
  readonly span: string;
}

const NAMES: Readonly<Record<Exclude<LaneKind, 'state'>, Names>> = {
  content: { lane: 'Content', span: 'Content' },
  adBreak: { lane: 'Ad breaks', span: 'Ad break' },
  ad: { lane: 'Ads', span: 'Ad' },
  pause: { lane: 'Pauses', span: 'Pause' },
  buffer: { lane: 'Buffering', span: 'Buffering' },
  stall: { lane: 'Stalls', span: 'Stall' },
  chapter: { lane: 'Chapters', span: 'Chapter' },
};

/** The lane's name for people. A state's is the player's own. */
export function laneName({ kind, name }: Lane): string {
  return kind === 'state' ? name : NAMES[kind].lane;
}

/** What a span is called out loud: `Ad: Spring sale, 0:15`. */
export function spanName(lane: Lane, spans: readonly LaneInterval[]): string {
  const [span] = spans;
  const ms = spans.reduce((sum, each) => sum + each.ms, 0);
  const kind = lane.kind === 'state' ? lane.name : NAMES[lane.kind].span;
  if (spans.length > 1) return `${laneName(lane)}: ${spans.length} close together, ${formatClock(ms)}`;
  return `${span?.label === undefined ? kind : `${kind}: ${span.label}`}, ${formatClock(ms)}`;
}
