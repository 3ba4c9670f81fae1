/** One thing wrong with a body: where, as a JSONPath, and why, for the player's developer. */
export interface Problem {
  readonly path: string;
  readonly reason: string;
}

/** What kind of thing is wrong with a body, in one of few words. */
export type ProblemKind = 'unreadable' | 'missing-field' | 'unknown-field' | 'wrong-value' | 'misplaced-event';

/** What is wrong with a body: the problems listed, how many there are beyond those, and what kind the first is of. */
export interface Problems {
  readonly errors: readonly Problem[];
  readonly more: number;
  readonly kind?: ProblemKind | undefined;
}

/** Problems as they are found. */
export interface ProblemList extends Problems {
  readonly errors: Problem[];
  more: number;
  kind?: ProblemKind;
}

/** The most problems an answer lists; the rest are only counted, so that a hostile body costs no more than a good one. */
const MAX_LISTED = 50;

export function addProblem(list: ProblemList, kind: ProblemKind, path: string, reason: string): void {
  if (countOnly(list)) return;
  list.kind ??= kind;
  list.errors.push({ path, reason });
}

/** What is wrong with a body as a whole. */
export function wholly(kind: ProblemKind, reason: string): Problems {
  return { errors: [{ path: '$', reason }], more: 0, kind };
}

/** Counts a problem when the list is full. Else gives false, and the caller spells the problem out and adds it. */
export function countOnly(list: ProblemList): boolean {
  if (!isFull(list)) return false;
  list.more += 1;
  return true;
}

/** Tells whether further problems are only counted, so that nobody need spell them out. */
export function isFull(list: ProblemList): boolean {
  return list.errors.length === MAX_LISTED;
}
