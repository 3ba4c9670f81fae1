/** Milliseconds between two rounds: while somebody looks, while nobody does, and the longest while the server is away. */
const LOOKED_AT = 1_000;
const HIDDEN = 15_000;
const LONGEST = 10_000;

/** How long to wait for the next round, after so many that failed in a row. */
export function pollDelay(failures: number, hidden: boolean): number {
  const backedOff = Math.min(LOOKED_AT * 2 ** failures, LONGEST);
  return hidden ? Math.max(HIDDEN, backedOff) : backedOff;
}

/**
 * Runs `refresh` for ever, one round after the other. It resolves to whether the round went well. The function
 * that is given back starts a round at once, or right behind the one under way.
 */
export function startPolling(refresh: () => Promise<boolean>): () => void {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay = false;
  let again = false;

  async function round(): Promise<void> {
    clearTimeout(timer);
    if (underWay) {
      again = true;
      return;
    }
    underWay = true;
    again = false;
    const went = await refresh().catch(() => false);
    failures = went ? 0 : failures + 1;
    underWay = false;
    timer = setTimeout(round, again ? 0 : pollDelay(failures, document.hidden));
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void round();
  });
  addEventListener('online', () => void round());
  void round();
  return () => void round();
}
