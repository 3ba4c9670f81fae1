/** One thing wrong with a body: where, as a JSONPath, and why, for the player's developer. */
export interface RejectionReason {
  readonly path: string;
  readonly reason: string;
}

/** What kind of thing is wrong with a body, in one of few words. */
export type ReasonCode = 'unreadable' | 'missing-field' | 'unknown-field' | 'wrong-value' | 'misplaced-event';

/** What is wrong with a body: the problems listed, how many there are beyond those, and what kind the first is of. */
export interface Reasons {
  readonly errors: readonly RejectionReason[];
  readonly more: number;
  readonly kind?: ReasonCode | undefined;
}

/** Problems as they are found. */
export interface ReasonList extends Reasons {
  readonly errors: RejectionReason[];
  more: number;
  kind?: ReasonCode;
}

/** The most problems an answer lists; the rest are only counted, so that a hostile body costs no more than a good one. */
const MAX_LISTED = 50;

export function addReason(list: ReasonList, kind: ReasonCode, path: string, reason: string): void {
  if (countOnly(list)) return;
  list.kind ??= kind;
  list.errors.push({ path, reason });
}

/** What is wrong with a body as a whole. */
export function wholeBody(kind: ReasonCode, reason: string): Reasons {
  return { errors: [{ path: '$', reason }], more: 0, kind };
}

/** Counts a problem when the list is full. Else gives false, and the caller spells the problem out and adds it. */
export function countOnly(list: ReasonList): boolean {
  if (!isFull(list)) return false;
  list.more += 1;
  return true;
}

/** Tells whether further problems are only counted, so that nobody need spell them out. */
export function isFull(list: ReasonList): boolean {
  return list.errors.length === MAX_LISTED;
}
