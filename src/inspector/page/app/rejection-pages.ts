import type { RejectionList } from '../../api.ts';

/** The server keeps no more calls than this. */
const MOST = 500;

/**
 * Renews the newest calls. Older ones that somebody asked for stay behind them, unless so many came at once that
 * there would be a hole.
 */
export function withNewestCalls(known: RejectionList, first: RejectionList, pageSize: number): RejectionList {
  const oldest = first.rejections.at(-1);
  const [newest] = known.rejections;
  const wentFurther = known.rejections.length > pageSize;
  if (!wentFurther || first.cursor === undefined || !oldest || !newest || newest.id < oldest.id) return first;
  const older = known.rejections.filter(({ id }) => id < oldest.id);
  return { ...known, rejections: [...first.rejections, ...older].slice(0, MOST) };
}

/** Adds a page of older calls. */
export function withOlderCalls(known: RejectionList, { rejections, cursor }: RejectionList): RejectionList {
  return { rejections: [...known.rejections, ...rejections], ...(cursor !== undefined && { cursor }) };
}
