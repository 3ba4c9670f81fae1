/** One thing wrong with a body: where, as a JSONPath, and why, for the player's developer. */
export interface Problem {
  readonly path: string;
  readonly reason: string;
}

/** What is wrong with a body: the problems listed, and how many there are beyond those. */
export interface Problems {
  readonly errors: readonly Problem[];
  readonly more: number;
}

/** Problems as they are found. */
export interface ProblemList extends Problems {
  readonly errors: Problem[];
  more: number;
}

/** The most problems an answer lists; the rest are only counted, so that a hostile body costs no more than a good one. */
const MAX_LISTED = 50;

export function addProblem(list: ProblemList, path: string, reason: string): void {
  if (!countOnly(list)) list.errors.push({ path, reason });
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
