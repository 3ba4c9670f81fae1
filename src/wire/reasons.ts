import type { EventType } from './event-types.ts';

/** One reason why a body is rejected: where, as a JSONPath, and what is wrong there, for the player's developer. */
export interface RejectionReason {
  readonly path: string;
  readonly reason: string;
}

/** What is wrong with a body, as a code that programs tell apart. */
export type ReasonCode = 'unreadable' | 'missing-field' | 'unknown-field' | 'wrong-value' | 'misplaced-event';

/** What was got where something else was expected: both in words, of which there are few. */
export interface Mismatch {
  /** The JSON type of the value; `nothing` where there is none. */
  readonly got: string;
  readonly expected: string;
}

/** The reasons that are listed, how many there are beyond those, and more of the first. */
export interface Reasons {
  readonly errors: readonly RejectionReason[];
  readonly more: number;
  /** The code of the first. */
  readonly code?: ReasonCode | undefined;
  /** What the first is about, where that is a value of an event. */
  readonly mismatch?: Mismatch | undefined;
  /** The type of the event that the first is about, where the API has it. */
  readonly eventType?: EventType | undefined;
}

/** Reasons as they are found. */
export interface ReasonList extends Reasons {
  readonly errors: RejectionReason[];
  more: number;
  code?: ReasonCode;
  mismatch?: Mismatch;
  eventType?: EventType | undefined;
}

/** The most reasons an answer lists; the rest are only counted, so that a hostile body costs no more than a good one. */
const MAX_LISTED = 50;

export function addReason(list: ReasonList, code: ReasonCode, path: string, reason: string, mismatch?: Mismatch): void {
  if (countOnly(list)) return;
  if (list.errors.length === 0) {
    list.code ??= code;
    if (mismatch) list.mismatch ??= mismatch;
  }
  list.errors.push({ path, reason });
}

/** What is wrong with a body as a whole. */
export function wholeBody(code: ReasonCode, reason: string): Reasons {
  return { errors: [{ path: '$', reason }], more: 0, code };
}

/** Counts a reason when the list is full. Else gives false, and the caller spells the reason out and adds it. */
export function countOnly(list: ReasonList): boolean {
  if (!isFull(list)) return false;
  list.more += 1;
  return true;
}

/** Tells whether further reasons are only counted, so that nobody need spell them out. */
export function isFull(list: ReasonList): boolean {
  return list.errors.length === MAX_LISTED;
}
