import { formatClock } from '../../../src/common/text.ts';
import type { IndexedExplanation } from '../../../src/inspector/api.ts';
import { pluralize } from './text.ts';

/** How many parts of a sum are spelled out. */
const MAX_PARTS = 4;

/** What a number of the report is made of: `= 0:25 + 0:10`, `in 5 intervals`, `from 2 events`. */
export function explanationText({ intervals, playheads = [], totals }: Omit<IndexedExplanation, 'asOf'>): string {
  const viewed = playheads.map(([from, to]) => `${formatClock(from * 1000)}–${formatClock(to * 1000)}`);
  const parts = [
    totals.intervals > MAX_PARTS && `in ${pluralize(totals.intervals, 'interval')}`,
    totals.intervals > 0 && totals.intervals <= MAX_PARTS && sumOf(intervals),
    viewed.length > 0 && `of the content, ${viewed.slice(0, MAX_PARTS).join(', ')}`,
    totals.events > 0 && `from ${pluralize(totals.events, 'event')}`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(', ') : 'from nothing in this session';
}

function sumOf(intervals: IndexedExplanation['intervals']): string {
  return `= ${intervals.map(({ ms }) => formatClock(ms)).join(' + ')}`;
}
