/**
 * The bounds of what waits for a disk or a server, in every store: an operation beyond them is rejected with
 * `StoreUnavailable`, since a player that is told to try again is better off than one that is told nothing.
 */

/**
 * How long an operation may wait for its turn, and then for its outcome, in milliseconds. A request that takes both,
 * or two operations, is answered within 2 s.
 */
export const ANSWER_TIMEOUT = 900;

/** The most operations that wait. */
export const MAX_WAITING = 10_000;

/** The most that waiting operations hold, in characters. */
export const MAX_WAITING_SIZE = 64 * 1024 * 1024;
